"""Lab 13: an image classifier.

    to_inputs(images)                  bytes (n, h, w) → float32 (n, 1, h, w) between 0 and 1
    ImageClassifier(n_inputs, n_hidden1, n_hidden2, n_classes)
                                       a module: images (n, 1, h, w) of n_inputs = h·w pixels → logits (n, n_classes)
    fit_classifier(model, optimizer, criterion, loader, n_epochs, device="cpu")
                                       trains the model
    accuracy(model, loader)            the share of images that are classified rightly: a number
    names_of(model, images, classes)   the name of the most probable class of each image (bytes): a list
"""

from collections.abc import Iterable, Sequence

import torch
from torch import nn

Loader = Iterable[tuple[torch.Tensor, torch.Tensor]]


def to_inputs(images: torch.Tensor) -> torch.Tensor:
    raise NotImplementedError


class ImageClassifier(nn.Module):
    def __init__(self, n_inputs: int, n_hidden1: int, n_hidden2: int, n_classes: int) -> None:
        raise NotImplementedError

    def forward(self, X: torch.Tensor) -> torch.Tensor:
        raise NotImplementedError


def fit_classifier(
    model: nn.Module,
    optimizer: torch.optim.Optimizer,
    criterion: nn.Module,
    loader: Loader,
    n_epochs: int,
    device: str = "cpu",
) -> None:
    raise NotImplementedError


def accuracy(model: nn.Module, loader: Loader) -> float:
    raise NotImplementedError


def names_of(model: nn.Module, images: torch.Tensor, classes: Sequence[str]) -> list[str]:
    raise NotImplementedError
