"""Runs in the worker, beside the student's code: notes where a loop's batches are. What it says can be forged."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from typing import Any

import torch
from torch import nn

from grader import apparatus

ELSEWHERE = "meta"


class _Model(nn.Linear):
    """A linear layer that notes where its inputs are."""

    def __init__(self, noted: list[str], *sizes: int) -> None:
        super().__init__(*sizes)
        self.noted = noted

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        self.noted.append(x.device.type)
        return super().forward(x)


class _Criterion(nn.MSELoss):
    """A loss that notes where its targets are."""

    def __init__(self, noted: list[str]) -> None:
        super().__init__()
        self.noted = noted

    def forward(self, output: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
        self.noted.append(target.device.type)
        return super().forward(output, target)


def places(train: Callable[..., Any], X: torch.Tensor, y: torch.Tensor) -> dict[str, list[str]]:
    """Where X and y are, each time that model and criterion meet them, if the model is on the device meta.

    A tensor there has no numbers, so the loop ends at its first loss.item(): what was met by then is told.
    """
    inputs: list[str] = []
    targets: list[str] = []
    model = _Model(inputs, X.shape[1], y.shape[1]).to(ELSEWHERE)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    with contextlib.suppress(Exception):
        train(model, optimizer, _Criterion(targets), apparatus.Batches([(X.cpu(), y.cpu())]), 1, ELSEWHERE)
    return {"X": inputs, "y": targets}
