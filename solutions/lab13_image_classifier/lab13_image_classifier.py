"""Reference solution of lab 13."""

from collections.abc import Iterable, Sequence

import torch
from torch import nn

Loader = Iterable[tuple[torch.Tensor, torch.Tensor]]


def to_inputs(images: torch.Tensor) -> torch.Tensor:
    return images.unsqueeze(1) / 255


class ImageClassifier(nn.Module):
    def __init__(self, n_inputs: int, n_hidden1: int, n_hidden2: int, n_classes: int) -> None:
        super().__init__()
        self.mlp = nn.Sequential(
            nn.Flatten(),
            nn.Linear(n_inputs, n_hidden1),
            nn.ReLU(),
            nn.Linear(n_hidden1, n_hidden2),
            nn.ReLU(),
            # No softmax: CrossEntropyLoss wants logits.
            nn.Linear(n_hidden2, n_classes),
        )

    def forward(self, X: torch.Tensor) -> torch.Tensor:
        return self.mlp(X)


def fit_classifier(
    model: nn.Module,
    optimizer: torch.optim.Optimizer,
    criterion: nn.Module,
    loader: Loader,
    n_epochs: int,
    device: str = "cpu",
) -> None:
    model.train()
    for _ in range(n_epochs):
        for X, y in loader:
            X, y = X.to(device), y.to(device)
            loss = criterion(model(X), y)
            loss.backward()
            optimizer.step()
            optimizer.zero_grad()


def accuracy(model: nn.Module, loader: Loader) -> float:
    model.eval()
    right, count = 0, 0
    with torch.no_grad():
        for X, y in loader:
            right += (model(X).argmax(dim=1) == y).sum().item()
            count += len(y)
    return right / count


def names_of(model: nn.Module, images: torch.Tensor, classes: Sequence[str]) -> list[str]:
    model.eval()
    with torch.no_grad():
        logits = model(to_inputs(images))
    return [classes[k] for k in logits.argmax(dim=1)]
