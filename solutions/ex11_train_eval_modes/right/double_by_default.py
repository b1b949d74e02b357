"""torch's default dtype is changed; the model and the batches are float32 all the same."""

from collections.abc import Iterable

import torch
from torch import nn

torch.set_default_dtype(torch.float64)

Batches = Iterable[tuple[torch.Tensor, torch.Tensor]]


def predict(model: nn.Module, X: torch.Tensor) -> torch.Tensor:
    model.eval()
    with torch.no_grad():
        return model(X)


def fit(
    model: nn.Module,
    optimizer: torch.optim.Optimizer,
    criterion: nn.Module,
    batches: Batches,
    valid_batches: Batches,
    n_epochs: int,
) -> list[dict[str, float]]:
    history = []
    for _ in range(n_epochs):
        # In every epoch: the evaluation below leaves the model in eval mode.
        model.train()
        train_losses = []
        for X, y in batches:
            loss = criterion(model(X), y)
            loss.backward()
            optimizer.step()
            optimizer.zero_grad()
            train_losses.append(loss.item())
        valid_losses = [criterion(predict(model, X), y).item() for X, y in valid_batches]
        history.append({
            "train_loss": sum(train_losses) / len(train_losses),
            "valid_loss": sum(valid_losses) / len(valid_losses),
        })
    return history
