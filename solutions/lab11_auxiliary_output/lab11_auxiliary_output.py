"""Reference solution of lab 11."""

from collections.abc import Callable, Iterable, Sequence

import torch
from torch import nn


class WideAndDeepV4(nn.Module):
    def __init__(self, n_wide: int, n_deep: int, h1: int, h2: int) -> None:
        super().__init__()
        self.deep_stack = nn.Sequential(nn.Linear(n_deep, h1), nn.ReLU(), nn.Linear(h1, h2), nn.ReLU())
        self.output_layer = nn.Linear(n_wide + h2, 1)
        self.aux_output_layer = nn.Linear(h2, 1)

    def forward(self, X_wide: torch.Tensor, X_deep: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        deep = self.deep_stack(X_deep)
        return self.output_layer(torch.cat([X_wide, deep], dim=1)), self.aux_output_layer(deep)


def train_aux(
    model: nn.Module,
    optimizer: torch.optim.Optimizer,
    criterion: nn.Module,
    loader: Iterable[Sequence[torch.Tensor]],
    n_epochs: int,
    device: str = "cpu",
    aux_weight: float = 0.2,
) -> list[float]:
    history = []
    for _ in range(n_epochs):
        model.train()
        losses = []
        for *inputs, y in loader:
            inputs, y = [X.to(device) for X in inputs], y.to(device)
            main, aux = model(*inputs)
            # One sum, one backward: the gradient of a sum is the sum of the gradients.
            loss = (1 - aux_weight) * criterion(main, y) + aux_weight * criterion(aux, y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
            losses.append(loss.item())
        history.append(sum(losses) / len(losses))
    return history


def evaluate_main(
    model: nn.Module,
    loader: Iterable[Sequence[torch.Tensor]],
    metric: Callable[[torch.Tensor, torch.Tensor], torch.Tensor | float],
) -> float:
    model.eval()
    values = []
    with torch.no_grad():
        for *inputs, y in loader:
            main, _ = model(*inputs)
            values.append(float(metric(main, y)))
    return sum(values) / len(values)
