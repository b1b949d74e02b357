"""Runs in the worker, beside the student's code: metrics to evaluate with, and where things are on the device meta.

What is told of places and graphs can be forged.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypedDict

import torch
from torch import nn
from torch.utils._python_dispatch import TorchDispatchMode

from grader import apparatus

ELSEWHERE = "meta"
LEFT_BEHIND = ("is not on the expected device", "to be on the same device")
"""Words of torch where tensors of two devices meet."""


def torchmetric(name: str, options: Mapping[str, Any], seen: Sequence[Any]) -> Any:
    """A metric of torchmetrics, on the CPU, which has seen a batch."""
    import torchmetrics

    return _after(getattr(torchmetrics, name)(**options), seen)


def worst(seen: Sequence[Any]) -> Worst:
    """A metric of nobody's library, which has seen a batch."""
    return _after(Worst(), seen)


def _after(metric: Any, seen: Sequence[Any]) -> Any:
    metric.update(*(torch.as_tensor(part).cpu() for part in seen))
    return metric


class Worst:
    """The largest pinball loss of all samples: 0.8 of what is missing, 0.2 of what is too much.

    Called as a function it updates, and returns the value of that batch alone, as those of torchmetrics do.
    """

    def __init__(self) -> None:
        self.value = torch.tensor(0.0)

    def reset(self) -> None:
        self.value = torch.zeros_like(self.value)

    def update(self, y_pred: torch.Tensor, y: torch.Tensor) -> None:
        self.value = torch.maximum(self.value, self._of(y_pred, y))

    def compute(self) -> torch.Tensor:
        return self.value

    def to(self, device: str) -> Worst:
        self.value = self.value.to(device)
        return self

    def __call__(self, y_pred: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
        self.update(y_pred, y)
        return self._of(y_pred, y)

    forward = __call__

    @staticmethod
    def _of(y_pred: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
        missing = y - y_pred
        return torch.maximum(0.8 * missing, -0.2 * missing).max()


class _Notes(list[Any]):
    """What was met; a copy of what notes it notes it here, too."""

    def __deepcopy__(self, memo: dict[int, Any]) -> _Notes:
        return self


class _Noting(Worst):
    """Notes of each batch where its tensors and the metric are, and whether the predictions are in a graph."""

    def __init__(self) -> None:
        super().__init__()
        self.met = _Notes()

    def update(self, y_pred: torch.Tensor, y: torch.Tensor) -> None:
        places = (y_pred.device.type, y.device.type, self.value.device.type)
        self.met.append((*places, bool(y_pred.requires_grad)))
        super().update(y_pred.detach(), y)


class _Model(nn.Linear):
    """A linear layer that notes where its inputs are."""

    def __init__(self, *sizes: int) -> None:
        super().__init__(*sizes)
        self.met = _Notes()

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        self.met.append(x.device.type)
        return super().forward(x)


class Met(TypedDict):
    """Devices of X where the model met it; of each update those of predictions, targets and metric, and a graph."""

    model: list[str]
    metric: list[tuple[str, str, str, bool]]


def met_elsewhere(evaluate: Callable[..., Any], X: torch.Tensor, y: torch.Tensor) -> Met:
    """With the model on meta: where it meets X, and of each update what _Noting notes."""
    model, metric = _Model(X.shape[1], y.shape[1]).to(ELSEWHERE), _Noting()
    with contextlib.suppress(Exception):
        evaluate(model, apparatus.Batches([(X.cpu(), y.cpu())]), metric, ELSEWHERE)
    return {"model": list(model.met), "metric": list(metric.met)}


class _TwoDevices(Exception):
    """A tensor on the CPU was to take in one from elsewhere."""


class _OneDevice(TorchDispatchMode):
    """Raises where a GPU would: on meta, torch lets a tensor on the CPU be written to from elsewhere, and is silent."""

    def __torch_dispatch__(self, op: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        kinds = [part.device.type for part in args if isinstance(part, torch.Tensor)]
        if op._schema.is_mutable and kinds[:1] == ["cpu"] and ELSEWHERE in kinds and "copy" not in str(op):
            raise _TwoDevices
        return op(*args, **(kwargs or {}))


def stays_behind(make: Callable[[], Any], batches: Iterable[Sequence[Any]]) -> str:
    """At which step something of a metric turns out to be on the CPU still, after it was moved to meta; "" if none.

    Numbers that are taken out of tensors cannot be had there: where somebody does, all is well as far as it goes.
    """
    here, *there = [tuple(torch.as_tensor(part).cpu() for part in batch) for batch in batches]
    step = "to()"
    with _OneDevice():
        try:
            metric = make()
            metric.update(*here)
            metric = metric.to(ELSEWHERE)
            _go_on(metric, there)
            metric.reset()
            step = "reset()"
            _go_on(metric, there)
        except _TwoDevices:
            return step
        except Exception as error:
            return step if any(words in str(error) for words in LEFT_BEHIND) else ""
    return ""


def _go_on(metric: Any, batches: Iterable[Sequence[torch.Tensor]]) -> None:
    for batch in batches:
        metric.update(*(part.to(ELSEWHERE) for part in batch))
    metric.compute()
