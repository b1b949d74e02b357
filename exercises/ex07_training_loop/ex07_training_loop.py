"""Exercise 7: the training loop.

    train(model, optimizer, criterion, batches, n_epochs, device)   the mean loss of every epoch
    STEPS                                                           the seven steps, in an order that works

`batches` can be iterated over more than once; each item is a pair (X, y) of tensors on the CPU. The model is on `device`,
perhaps in eval mode; it must learn in train mode. The criterion gives the mean loss of a batch, a 0-dim tensor.
"""

from collections.abc import Iterable

import torch
from torch import nn

# "backward", "forward", "get_batch", "loss", "move", "step", "zero_grad", in an order that works:
STEPS: list[str] = []


def train(
    model: nn.Module,
    optimizer: torch.optim.Optimizer,
    criterion: nn.Module,
    batches: Iterable[tuple[torch.Tensor, torch.Tensor]],
    n_epochs: int,
    device: str = "cpu",
) -> list[float]:
    raise NotImplementedError
