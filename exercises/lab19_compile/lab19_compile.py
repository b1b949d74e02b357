"""Lab 19: torch.compile: its backend, its graph breaks, and the names in its state dict.

    compiled(model, backend)         the model, compiled with this backend
    max_gap(model, other, X)         the largest absolute difference between model(X) and other(X); a number
    count_breaks(fn, example)        how many graph breaks Dynamo meets in fn(example)
    plain_state(compiled_model)      the state dict of a compiled model, with the plain model's names
"""

from collections.abc import Callable

import torch
from torch import nn


def compiled(model: nn.Module, backend: str | Callable) -> nn.Module:
    raise NotImplementedError


def max_gap(model: nn.Module, other: nn.Module, X: torch.Tensor) -> float:
    raise NotImplementedError


def count_breaks(fn: Callable[[torch.Tensor], torch.Tensor], example: torch.Tensor) -> int:
    raise NotImplementedError


def plain_state(compiled_model: nn.Module) -> dict[str, torch.Tensor]:
    raise NotImplementedError
