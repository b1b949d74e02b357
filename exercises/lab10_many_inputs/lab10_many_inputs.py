"""Lab 10: many inputs.

    WideAndDeepV3(n_wide, n_deep, h1, h2)       forward(X_wide, X_deep) returns (n, 1)
    train_multi(model, optimizer, criterion, loader, n_epochs, device)     batches (*inputs, y)
    WideAndDeepDataset(X_wide, X_deep, y)       items ({"X_wide": row, "X_deep": row}, target)
    train_named(model, optimizer, criterion, loader, n_epochs, device)     batches ({name: input}, y)

Both loops return a list with the mean loss of every epoch.
"""

from collections.abc import Iterable, Sequence

import torch
from torch import nn
from torch.utils.data import Dataset


class WideAndDeepV3(nn.Module):
    def __init__(self, n_wide: int, n_deep: int, h1: int, h2: int) -> None:
        super().__init__()
        raise NotImplementedError

    def forward(self, X_wide: torch.Tensor, X_deep: torch.Tensor) -> torch.Tensor:
        raise NotImplementedError


def train_multi(
    model: nn.Module,
    optimizer: torch.optim.Optimizer,
    criterion: nn.Module,
    loader: Iterable[Sequence[torch.Tensor]],
    n_epochs: int,
    device: str = "cpu",
) -> list[float]:
    raise NotImplementedError


class WideAndDeepDataset(Dataset[tuple[dict[str, torch.Tensor], torch.Tensor]]):
    def __init__(self, X_wide: torch.Tensor, X_deep: torch.Tensor, y: torch.Tensor) -> None:
        raise NotImplementedError

    def __len__(self) -> int:
        raise NotImplementedError

    def __getitem__(self, index: int) -> tuple[dict[str, torch.Tensor], torch.Tensor]:
        raise NotImplementedError


def train_named(
    model: nn.Module,
    optimizer: torch.optim.Optimizer,
    criterion: nn.Module,
    loader: Iterable[tuple[dict[str, torch.Tensor], torch.Tensor]],
    n_epochs: int,
    device: str = "cpu",
) -> list[float]:
    raise NotImplementedError
