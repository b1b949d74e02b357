"""Runs in the worker, beside the student's code: datasets, loaders and what they give; where a loop's batches are.

What is told of places can be forged; the rows that a loader gives are recomputed on the other side.
"""

from __future__ import annotations

import contextlib
import copy
import itertools
import warnings
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import torch
from torch import nn
from torch.utils.data import DataLoader, TensorDataset

# Whether this machine has the cores of a loader's workers is not the student's affair.
warnings.filterwarnings("ignore", category=UserWarning, module=r"torch\.utils\.data")

MOST_BATCHES = 1_000
"""After so many an epoch is taken to be endless."""
ELSEWHERE = "meta"


def dataset(X: torch.Tensor, y: torch.Tensor) -> TensorDataset:
    """Samples of the shapes (d,) and (1,), on the CPU."""
    return TensorDataset(X.cpu(), y.cpu())


def loader(batches: Sequence[Sequence[Any]]) -> DataLoader[Any]:
    """A DataLoader that gives these very batches, always in this order."""
    X, y = (torch.cat([torch.as_tensor(part).cpu() for part in parts]) for parts in zip(*batches, strict=True))
    ends = list(itertools.accumulate(len(targets) for _, targets in batches))
    rows = [list(range(start, end)) for start, end in zip([0, *ends], ends, strict=False)]
    return DataLoader(TensorDataset(X, y), batch_sampler=rows)


def epochs(of: Iterable[Any], count: int) -> list[list[Any]]:
    """The batches of so many epochs, made in this process: which rows a batch has is decided here in any case."""
    if isinstance(of, DataLoader):
        of = copy.copy(of)
        of.num_workers, of.timeout, of.pin_memory = 0, 0, False
    return [list(itertools.islice(of, MOST_BATCHES)) for _ in range(count)]


class _Places(list[str]):
    """Where tensors were met; a copy of the model that notes it notes it here, too."""

    def __deepcopy__(self, memo: dict[int, Any]) -> _Places:
        return self


class _Model(nn.Linear):
    """A linear layer that notes where its inputs are."""

    def __init__(self, noted: _Places, *sizes: int) -> None:
        super().__init__(*sizes)
        self.noted = noted

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        self.noted.append(x.device.type)
        return super().forward(x)


class _Criterion(nn.MSELoss):
    """A loss that notes where its targets are."""

    def __init__(self, noted: _Places) -> None:
        super().__init__()
        self.noted = noted

    def forward(self, output: torch.Tensor, target: torch.Tensor) -> torch.Tensor:
        self.noted.append(target.device.type)
        return super().forward(output, target)


def places(train: Callable[..., Any], X: torch.Tensor, y: torch.Tensor) -> dict[str, list[str]]:
    """Where X and y are, each time that model and criterion meet them, if the model is on the device meta.

    A tensor there has no numbers, so the loop ends at its first loss.item(): what was met by then is told.
    """
    met = {"X": _Places(), "y": _Places()}
    model = _Model(met["X"], X.shape[1], y.shape[1]).to(ELSEWHERE)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    with contextlib.suppress(Exception):
        train(model, optimizer, _Criterion(met["y"]), loader([(X, y)]), 1, ELSEWHERE)
    return {name: list(found) for name, found in met.items()}


def on_the_cpu(make: Callable[..., Any], X: torch.Tensor, y: torch.Tensor) -> Any:
    """A dataset whose tensors are on the CPU, whatever the model is on."""
    return make(X.cpu(), y.cpu())
