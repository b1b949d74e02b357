"""Runs in the worker, beside the student's code: metrics, gradients, places of tensors. It can be forged."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from typing import Any

import torch
from torch import nn

from grader import apparatus

ELSEWHERE = "meta"


def watched(model: nn.Module) -> nn.Module:
    """The model, which notes from now on whether autograd keeps the graph of what it gives."""
    model.tracked = []  # type: ignore[assignment]
    model.register_forward_hook(lambda module, _, outputs: module.tracked.extend(x.requires_grad for x in outputs))
    return model


def tracked(model: Any) -> bool:
    """Whether some output was recorded."""
    return any(model.tracked)


def lopsided(power: float) -> Callable[[torch.Tensor, torch.Tensor], torch.Tensor]:
    """A metric that tells its two arguments apart: the mean of |2 * prediction - target| ** power, a 0-dim tensor."""

    def metric(prediction: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
        return ((2 * prediction - target).abs() ** power).mean()

    return metric


def pair_gradients(
    network: nn.Module, X_wide: torch.Tensor, X_deep: torch.Tensor, by_main: torch.Tensor, by_aux: torch.Tensor
) -> dict[str, torch.Tensor | None]:
    """Gradients of sum(main * by_main + auxiliary * by_aux) by the network's parameters; None where none arrives."""
    main, auxiliary = network(X_wide, X_deep)
    names, parameters = zip(*network.named_parameters(), strict=True)
    if not (main.requires_grad or auxiliary.requires_grad):
        return dict.fromkeys(names)
    total = (main * by_main).sum() + (auxiliary * by_aux).sum()
    found = torch.autograd.grad(total, [p for p in parameters if p.requires_grad], allow_unused=True)
    gradients = iter(found)
    return {name: next(gradients) if p.requires_grad else None for name, p in zip(names, parameters, strict=True)}


class _Model(nn.Module):
    """A model of two inputs and two outputs that notes where its inputs are."""

    def __init__(self, noted: dict[str, list[str]], n_wide: int, n_deep: int) -> None:
        super().__init__()
        self.noted = noted
        self.main, self.auxiliary = nn.Linear(n_wide + n_deep, 1), nn.Linear(n_deep, 1)

    def forward(self, X_wide: torch.Tensor, X_deep: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        self.noted["the first input"].append(X_wide.device.type)
        self.noted["the second input"].append(X_deep.device.type)
        return self.main(torch.cat([X_wide, X_deep], dim=1)), self.auxiliary(X_deep)


class _Criterion(nn.MSELoss):
    """A loss that notes where its targets are."""

    def __init__(self, noted: dict[str, list[str]]) -> None:
        super().__init__()
        self.noted = noted

    def forward(self, output: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
        self.noted["y"].append(target.device.type)
        return super().forward(output, target)


def places(
    train: Callable[..., Any], X_wide: torch.Tensor, X_deep: torch.Tensor, y: torch.Tensor
) -> dict[str, list[str]]:
    """Where inputs and y are, each time that model and criterion meet them, if the model is on the device meta.

    A tensor there has no numbers, so the loop ends at its first loss.item(): what was met by then is told.
    """
    noted: dict[str, list[str]] = {"the first input": [], "the second input": [], "y": []}
    model = _Model(noted, X_wide.shape[1], X_deep.shape[1]).to(ELSEWHERE)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    with contextlib.suppress(Exception):
        train(model, optimizer, _Criterion(noted), apparatus.Batches([(X_wide, X_deep, y)]), 1, ELSEWHERE)
    return noted
