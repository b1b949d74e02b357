"""Runs in the worker, beside the student's code: metrics and aggregates of known names, and what they have met.

What the noting ones tell can be forged.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from typing import Any

import torch
from torch import nn

from grader import apparatus

ELSEWHERE = "meta"
Metric = Callable[[torch.Tensor, torch.Tensor], torch.Tensor]

METRICS: dict[str, Metric] = {
    "mse": lambda y_pred, y: ((y_pred - y) ** 2).mean(),
    "pinball": lambda y_pred, y: torch.where(y > y_pred, 0.8 * (y - y_pred), 0.2 * (y_pred - y)).mean(),
    "relative": lambda y_pred, y: ((y_pred - y).abs() / (1 + y.abs())).mean(),
}
AGGREGATES: dict[str, Callable[[torch.Tensor], torch.Tensor]] = {
    "mean": torch.mean,
    "max": torch.max,
    "root_of_mean": lambda values: torch.mean(values).sqrt(),
    "last": lambda values: values[-1],
    "spread": lambda values: torch.max(values) - torch.min(values),
}


def metric(name: str) -> Metric:
    return METRICS[name]


def aggregate(name: str) -> Callable[[torch.Tensor], torch.Tensor]:
    return AGGREGATES[name]


class Noting:
    """The mean squared error, which notes of each pair whether its predictions are in a graph."""

    def __init__(self) -> None:
        self.in_graph: list[bool] = []

    def __call__(self, y_pred: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
        self.in_graph.append(bool(y_pred.requires_grad))
        return METRICS["mse"](y_pred, y).detach()


def noting() -> Noting:
    return Noting()


def noted(of: Noting) -> list[bool]:
    return of.in_graph


class _Places(list[str]):
    """Where tensors were met; a copy of the model that notes it notes it here, too."""

    def __deepcopy__(self, memo: dict[int, Any]) -> _Places:
        return self


class _Model(nn.Linear):
    """A linear layer that notes where its inputs are."""

    def __init__(self, places: _Places, *sizes: int) -> None:
        super().__init__(*sizes)
        self.places = places

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        self.places.append(x.device.type)
        return super().forward(x)


def places(evaluate: Callable[..., Any], X: torch.Tensor, y: torch.Tensor) -> dict[str, list[str]]:
    """Where X and y are, each time that model and metric meet them, if the model is on the device meta.

    A tensor there has no numbers: whoever asks for one is stopped, and what was met by then is told.
    """
    met = {"X": _Places(), "y": _Places()}

    def noting_metric(y_pred: torch.Tensor, targets: torch.Tensor) -> torch.Tensor:
        met["y"].append(targets.device.type)
        return METRICS["mse"](y_pred, targets)

    model = _Model(met["X"], X.shape[1], y.shape[1]).to(ELSEWHERE)
    with contextlib.suppress(Exception):
        evaluate(model, apparatus.Batches([(X.cpu(), y.cpu())]), noting_metric, torch.mean, ELSEWHERE)
    return {name: list(places) for name, places in met.items()}
