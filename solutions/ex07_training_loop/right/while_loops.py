# other loops, no enumerate, no for
from collections.abc import Iterable

import torch
from torch import nn

STEPS = ["get_batch", "move", "forward", "loss", "backward", "step", "zero_grad"]


def train(
    model: nn.Module,
    optimizer: torch.optim.Optimizer,
    criterion: nn.Module,
    batches: Iterable[tuple[torch.Tensor, torch.Tensor]],
    n_epochs: int,
    device: str = "cpu",
) -> list[float]:
    history = []
    optimizer.zero_grad()
    for _ in range(n_epochs):
        # In every epoch: whoever evaluates between two epochs leaves the model in eval mode.
        model.train()
        losses = []
        iterator = iter(batches)
        while (batch := next(iterator, None)) is not None:
            X, y = (tensor.to(device, non_blocking=True) for tensor in batch)
            loss = criterion(model.forward(X), y)
            loss.backward()
            optimizer.step()
            model.zero_grad()
            losses.append(float(loss))
        history.append(sum(losses) / len(losses))
    return history
