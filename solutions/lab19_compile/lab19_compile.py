"""Reference solution of lab 19."""

from collections.abc import Callable

import torch
import torch._dynamo
from torch import nn


def compiled(model: nn.Module, backend: str | Callable) -> nn.Module:
    return torch.compile(model, backend=backend)


def max_gap(model: nn.Module, other: nn.Module, X: torch.Tensor) -> float:
    with torch.no_grad():
        return (model(X) - other(X)).abs().max().item()


def count_breaks(fn: Callable[[torch.Tensor], torch.Tensor], example: torch.Tensor) -> int:
    return torch._dynamo.explain(fn)(example).graph_break_count


def plain_state(compiled_model: nn.Module) -> dict[str, torch.Tensor]:
    # The compiled model is a wrapper, which holds the plain one as _orig_mod.
    return {name.removeprefix("_orig_mod."): tensor for name, tensor in compiled_model.state_dict().items()}
