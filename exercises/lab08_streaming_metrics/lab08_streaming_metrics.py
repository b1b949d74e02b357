"""Lab 8: streaming metrics.

    StreamingRMSE()        the root mean squared error of all samples that update() has been given
    StreamingAccuracy()    the share of them that are classified rightly
        .reset()                forgets all samples
        .update(y_pred, y)      takes a batch
        .compute()              the metric of all samples so far: a number
        .to(device)             moves what is kept, and returns the metric
    evaluate_tm(model, loader, metric, device="cpu")
                           the value of such a metric, or of one of torchmetrics, over a loader
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import torch
from torch import nn

Loader = Iterable[tuple[torch.Tensor, torch.Tensor]]


class StreamingRMSE:
    def __init__(self) -> None:
        raise NotImplementedError

    def reset(self) -> None:
        raise NotImplementedError

    def update(self, y_pred: torch.Tensor, y: torch.Tensor) -> None:
        raise NotImplementedError

    def compute(self) -> torch.Tensor:
        raise NotImplementedError

    def to(self, device: str) -> StreamingRMSE:
        raise NotImplementedError


class StreamingAccuracy:
    def __init__(self) -> None:
        raise NotImplementedError

    def reset(self) -> None:
        raise NotImplementedError

    def update(self, y_pred: torch.Tensor, y: torch.Tensor) -> None:
        raise NotImplementedError

    def compute(self) -> torch.Tensor:
        raise NotImplementedError

    def to(self, device: str) -> StreamingAccuracy:
        raise NotImplementedError


def evaluate_tm(model: nn.Module, loader: Loader, metric: Any, device: str = "cpu") -> torch.Tensor:
    raise NotImplementedError
