"""Exercise 11: train mode and eval mode.

    predict(model, X)       the output in eval mode, a tensor that does not require grad
    fit(model, optimizer, criterion, batches, valid_batches, n_epochs)
                            trains and evaluates after every epoch: one {"train_loss": …, "valid_loss": …} per epoch

X is float32 of shape (n, n_in). Batches can be iterated over again and again; each item is a pair (X, y) of tensors.
"""

from collections.abc import Iterable

import torch
from torch import nn

Batches = Iterable[tuple[torch.Tensor, torch.Tensor]]


def predict(model: nn.Module, X: torch.Tensor) -> torch.Tensor:
    raise NotImplementedError


def fit(
    model: nn.Module,
    optimizer: torch.optim.Optimizer,
    criterion: nn.Module,
    batches: Batches,
    valid_batches: Batches,
    n_epochs: int,
) -> list[dict[str, float]]:
    raise NotImplementedError
