"""Lab 7: how good is the model?

    evaluate(model, loader, metric_fn, aggregate_fn=torch.mean, device="cpu")
                             metric_fn(y_pred, y) for every batch, as one tensor (batches,), passed to aggregate_fn
    rmse(model, loader)      the root mean squared error over all samples: a number

`loader` yields pairs X (n, d), y (n, 1) on the CPU. Both functions predict in eval mode, without a graph.
"""

from collections.abc import Callable, Iterable

import torch
from torch import nn

Loader = Iterable[tuple[torch.Tensor, torch.Tensor]]


def evaluate(
    model: nn.Module,
    loader: Loader,
    metric_fn: Callable[[torch.Tensor, torch.Tensor], torch.Tensor],
    aggregate_fn: Callable[[torch.Tensor], torch.Tensor] = torch.mean,
    device: str = "cpu",
) -> torch.Tensor:
    raise NotImplementedError


def rmse(model: nn.Module, loader: Loader) -> float:
    raise NotImplementedError
