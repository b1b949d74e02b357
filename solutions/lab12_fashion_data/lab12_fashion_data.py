"""Reference solution of lab 12."""

from typing import Any

import torch
from torch.utils.data import DataLoader, Dataset, random_split
from torchvision.datasets import FashionMNIST
from torchvision.transforms import v2

# Without scale=True the bytes would become the floats 0.0 to 255.0.
to_tensor = v2.Compose([v2.ToImage(), v2.ToDtype(torch.float32, scale=True)])


def load(root: str, seed: int, n_valid: int) -> tuple[Dataset[Any], Dataset[Any], Dataset[Any]]:
    data = FashionMNIST(root, train=True, download=True, transform=to_tensor)
    test = FashionMNIST(root, train=False, download=True, transform=to_tensor)
    generator = torch.Generator().manual_seed(seed)
    train, valid = random_split(data, [len(data) - n_valid, n_valid], generator=generator)
    return train, valid, test


def loaders(
    train: Dataset[Any], valid: Dataset[Any], test: Dataset[Any], batch_size: int
) -> tuple[DataLoader[Any], DataLoader[Any], DataLoader[Any]]:
    return (
        DataLoader(train, batch_size=batch_size, shuffle=True),
        DataLoader(valid, batch_size=batch_size),
        DataLoader(test, batch_size=batch_size),
    )
