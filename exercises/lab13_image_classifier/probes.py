"""Runs in the worker, beside the student's code: loaders of the student's inputs, and where a loop's batches are.

What is told of places can be forged.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

from grader import apparatus

ELSEWHERE = "meta"
TWO_PLACES = "is not on the expected device"
"""Words of torch where tensors of two devices meet."""


def loader_of(X: torch.Tensor, y: torch.Tensor, batch_size: int, seed: int) -> DataLoader[Any]:
    """A loader of shuffled batches, on the CPU."""
    generator = torch.Generator().manual_seed(seed)
    return DataLoader(TensorDataset(X.cpu(), y.cpu()), batch_size, shuffle=True, generator=generator)


def moved(model: nn.Module, device: str) -> nn.Module:
    """The model, on a device."""
    return model.to(device)


class _Places(list[str]):
    """Where tensors were met; a copy of the model that notes it notes it here, too."""

    def __deepcopy__(self, memo: dict[int, Any]) -> _Places:
        return self


class _Model(nn.Linear):
    """A linear layer for flattened images that notes where its inputs are."""

    def __init__(self, noted: _Places, *sizes: int) -> None:
        super().__init__(*sizes)
        self.noted = noted

    def forward(self, X: torch.Tensor) -> torch.Tensor:
        self.noted.append(X.device.type)
        return super().forward(X.flatten(1))


class _Criterion(nn.CrossEntropyLoss):
    """A loss that notes where its targets are."""

    def __init__(self, noted: _Places) -> None:
        super().__init__()
        self.noted = noted

    def forward(self, input: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
        self.noted.append(target.device.type)
        return super().forward(input, target)


def places(fit: Callable[..., Any], X: torch.Tensor, y: torch.Tensor, n_classes: int) -> dict[str, list[str]]:
    """Where X and y are, each time that model and criterion meet them, if the model is on the device meta.

    A tensor there has no numbers: whoever asks for one is stopped, and what was met by then is told. Of a loss that is
    not the criterion's, torch tells that its two tensors are in two places.
    """
    met = {"X": _Places(), "y": _Places()}
    model = _Model(met["X"], X[0].numel(), n_classes).to(ELSEWHERE)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    y_place = ELSEWHERE
    try:
        fit(model, optimizer, _Criterion(met["y"]), apparatus.Batches([(X.cpu(), y.cpu())]), 1, ELSEWHERE)
    except Exception as error:
        y_place = "cpu" if TWO_PLACES in str(error) else ELSEWHERE
    if met["X"] and not met["y"]:
        met["y"].append(y_place)
    return {name: list(found) for name, found in met.items()}
