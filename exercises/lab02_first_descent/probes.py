"""Runs in the worker, beside the student's code: which tensors a function is given, and what is detached meanwhile.

What it says can be forged.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypedDict

import torch
from torch.overrides import TorchFunctionMode


class Detached(TorchFunctionMode):
    """Keeps what `detach` returns.

    Attributes:
        found: these tensors.
    """

    def __init__(self) -> None:
        super().__init__()
        self.found: list[torch.Tensor] = []

    def __torch_function__(self, function: Any, types: Any, args: Any = (), kwargs: Any = None) -> Any:
        result = function(*args, **(kwargs or {}))
        if getattr(function, "__name__", "") == "detach":
            self.found.append(result)
        return result


class Walk(TypedDict):
    """See `watch_descent`."""

    leaves: int
    detached: bool


def watch_descent(descend: Callable[..., Any], x0: float, lr: float, n: int) -> Walk:
    """Let a descent walk over (x - 1)².

    Returns:
        "leaves": how many different memories f was given to look into; "detached": whether a view of the one that
        it was given first came from detach.
    """
    # Tensors that are kept keep their memory: no two of them can have the same address in turn.
    given: list[torch.Tensor] = []

    def f(x: torch.Tensor) -> torch.Tensor:
        given.append(x)
        return (x - 1) ** 2

    with Detached() as detached:
        descend(f, x0, lr, n)
    places = [tensor.untyped_storage().data_ptr() for tensor in given]
    views = {tensor.untyped_storage().data_ptr() for tensor in detached.found}
    return {"leaves": len(set(places)), "detached": bool(places) and places[0] in views}
