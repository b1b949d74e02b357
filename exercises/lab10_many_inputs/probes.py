"""Runs in the worker, beside the student's code: loaders, and where tensors were. What it says can be forged."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from typing import Any

import torch
from torch import nn
from torch.utils.data import DataLoader, Dataset, TensorDataset

from grader import apparatus

ELSEWHERE = "meta"


def collated(dataset: Dataset[Any], batch_size: int) -> list[Any]:
    """The batches of a dataset as a DataLoader makes them, in order."""
    return [tuple(batch) for batch in DataLoader(dataset, batch_size)]


def loader_of(tensors: list[torch.Tensor], batch_size: int) -> DataLoader[Any]:
    """A loader of rows of these tensors, in order: its batches are lists."""
    return DataLoader(TensorDataset(*(torch.as_tensor(tensor) for tensor in tensors)), batch_size)


class _Model(nn.Module):
    """A model of two inputs that notes where they are."""

    def __init__(self, noted: dict[str, list[str]]) -> None:
        super().__init__()
        self.noted = noted
        self.layer = nn.Linear(4, 1)

    def forward(self, X_wide: torch.Tensor, X_deep: torch.Tensor) -> torch.Tensor:
        self.noted["X_wide"].append(X_wide.device.type)
        self.noted["X_deep"].append(X_deep.device.type)
        output: torch.Tensor = self.layer(torch.cat([X_wide, X_deep], dim=1))
        return output


class _Criterion(nn.MSELoss):
    """A loss that notes where its targets are."""

    def __init__(self, noted: dict[str, list[str]]) -> None:
        super().__init__()
        self.noted = noted

    def forward(self, output: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
        self.noted["y"].append(target.device.type)
        return super().forward(output, target)


def places(train: Callable[..., Any], named: bool) -> dict[str, list[str]]:
    """Where inputs and y are, each time that model and criterion meet them, if the model is on the device meta.

    A tensor there has no numbers, so the loop ends at its first loss.item(): what was met by then is told.
    """
    noted: dict[str, list[str]] = {"X_wide": [], "X_deep": [], "y": []}
    model = _Model(noted).to(ELSEWHERE)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    X_wide, X_deep, y = torch.ones(3, 2), torch.ones(3, 2), torch.ones(3, 1)
    batch = ({"X_wide": X_wide, "X_deep": X_deep}, y) if named else (X_wide, X_deep, y)
    with contextlib.suppress(Exception):
        train(model, optimizer, _Criterion(noted), apparatus.Batches([batch]), 1, ELSEWHERE)
    return noted
