"""Reference solution of lab 10."""

from collections.abc import Iterable, Sequence

import torch
from torch import nn
from torch.utils.data import Dataset


class WideAndDeepV3(nn.Module):
    def __init__(self, n_wide: int, n_deep: int, h1: int, h2: int) -> None:
        super().__init__()
        self.deep_stack = nn.Sequential(nn.Linear(n_deep, h1), nn.ReLU(), nn.Linear(h1, h2), nn.ReLU())
        self.output_layer = nn.Linear(n_wide + h2, 1)

    def forward(self, X_wide: torch.Tensor, X_deep: torch.Tensor) -> torch.Tensor:
        return self.output_layer(torch.cat([X_wide, self.deep_stack(X_deep)], dim=1))


def train_multi(
    model: nn.Module,
    optimizer: torch.optim.Optimizer,
    criterion: nn.Module,
    loader: Iterable[Sequence[torch.Tensor]],
    n_epochs: int,
    device: str = "cpu",
) -> list[float]:
    history = []
    for _ in range(n_epochs):
        model.train()
        losses = []
        for *inputs, y in loader:
            inputs, y = [X.to(device) for X in inputs], y.to(device)
            loss = criterion(model(*inputs), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
        history.append(sum(losses) / len(losses))
    return history


class WideAndDeepDataset(Dataset[tuple[dict[str, torch.Tensor], torch.Tensor]]):
    def __init__(self, X_wide: torch.Tensor, X_deep: torch.Tensor, y: torch.Tensor) -> None:
        self.X_wide, self.X_deep, self.y = X_wide, X_deep, y

    def __len__(self) -> int:
        return len(self.y)

    def __getitem__(self, index: int) -> tuple[dict[str, torch.Tensor], torch.Tensor]:
        return {"X_wide": self.X_wide[index], "X_deep": self.X_deep[index]}, self.y[index]


def train_named(
    model: nn.Module,
    optimizer: torch.optim.Optimizer,
    criterion: nn.Module,
    loader: Iterable[tuple[dict[str, torch.Tensor], torch.Tensor]],
    n_epochs: int,
    device: str = "cpu",
) -> list[float]:
    history = []
    for _ in range(n_epochs):
        model.train()
        losses = []
        for inputs, y in loader:
            inputs, y = {name: X.to(device) for name, X in inputs.items()}, y.to(device)
            # By name: the order in the dictionary is nobody's business.
            loss = criterion(model(**inputs), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
        history.append(sum(losses) / len(losses))
    return history
