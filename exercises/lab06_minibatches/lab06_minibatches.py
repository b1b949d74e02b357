"""Lab 6: mini-batches.

PairDataset(X, y)                                  X (n, d), y (n,); dataset[i] is (x, y), of shapes (d,) and (1,)
make_loader(dataset, batch_size, shuffle, seed)    a DataLoader: every sample once per epoch; seed determines the order
train(model, optimizer, criterion, loader, n_epochs, device)
                                                   trains; a list with the mean loss of every epoch
"""

from typing import Any

import torch
from torch import nn
from torch.utils.data import DataLoader, Dataset


class PairDataset(Dataset):
    def __init__(self, X: torch.Tensor, y: torch.Tensor) -> None:
        raise NotImplementedError

    def __len__(self) -> int:
        raise NotImplementedError

    def __getitem__(self, index: int) -> tuple[torch.Tensor, torch.Tensor]:
        raise NotImplementedError


def make_loader(dataset: Dataset, batch_size: int, shuffle: bool, seed: int) -> DataLoader[Any]:
    raise NotImplementedError


def train(
    model: nn.Module,
    optimizer: torch.optim.Optimizer,
    criterion: nn.Module,
    loader: DataLoader[Any],
    n_epochs: int,
    device: str = "cpu",
) -> list[float]:
    raise NotImplementedError
