"""Reference solution of lab 3."""

from collections.abc import Callable

import torch


def saves(op: Callable[[torch.Tensor], torch.Tensor], x: torch.Tensor) -> dict[str, bool]:
    return {"input": _refuses(op, x, 0), "output": _refuses(op, x, 1)}


def _refuses(op: Callable[[torch.Tensor], torch.Tensor], x: torch.Tensor, which: int) -> bool:
    """Whether backward() refuses after the input (0) or the output (1) of op has been changed in place."""
    # The leaf itself would refuse: op is given a copy of it, made by an operation that saves nothing.
    v = x.clone().requires_grad_().clone()
    z = op(v)
    (v, z)[which].add_(1)
    try:
        z.sum().backward()
    except RuntimeError:
        return True
    return False
