"""Lab 11: an auxiliary output.

    WideAndDeepV4(n_wide, n_deep, h1, h2)     forward(X_wide, X_deep) returns (main, auxiliary output), each (n, 1)
    train_aux(model, optimizer, criterion, loader, n_epochs, device, aux_weight)   the mean loss of every epoch, a list
    evaluate_main(model, loader, metric)      the mean over the batches of metric(main output, y)

Batches are (*inputs, y). The two output layers are called output_layer and aux_output_layer.
"""

from collections.abc import Callable, Iterable, Sequence

import torch
from torch import nn


class WideAndDeepV4(nn.Module):
    def __init__(self, n_wide: int, n_deep: int, h1: int, h2: int) -> None:
        super().__init__()
        raise NotImplementedError

    def forward(self, X_wide: torch.Tensor, X_deep: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
        raise NotImplementedError


def train_aux(
    model: nn.Module,
    optimizer: torch.optim.Optimizer,
    criterion: nn.Module,
    loader: Iterable[Sequence[torch.Tensor]],
    n_epochs: int,
    device: str = "cpu",
    aux_weight: float = 0.2,
) -> list[float]:
    raise NotImplementedError


def evaluate_main(
    model: nn.Module,
    loader: Iterable[Sequence[torch.Tensor]],
    metric: Callable[[torch.Tensor, torch.Tensor], torch.Tensor | float],
) -> float:
    raise NotImplementedError
