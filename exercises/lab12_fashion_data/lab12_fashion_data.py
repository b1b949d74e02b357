"""Lab 12: fashion data.

    to_tensor(image)                a PIL image of bytes → float32 (1, 28, 28), pixels divided by 255; a function, or
                                    any object that can be called, such as a transform of torchvision
    load(root, seed, n_valid)       the datasets (train, valid, test) of the Fashion-MNIST in `root`
    loaders(train, valid, test, batch_size)
                                    a DataLoader for each; train's is shuffled anew in every epoch
"""

from typing import Any

import torch
from torch.utils.data import DataLoader, Dataset


def to_tensor(image: Any) -> torch.Tensor:
    raise NotImplementedError


def load(root: str, seed: int, n_valid: int) -> tuple[Dataset[Any], Dataset[Any], Dataset[Any]]:
    raise NotImplementedError


def loaders(
    train: Dataset[Any], valid: Dataset[Any], test: Dataset[Any], batch_size: int
) -> tuple[DataLoader[Any], DataLoader[Any], DataLoader[Any]]:
    raise NotImplementedError
