"""Runs in the worker, beside the student's code: operations as functions."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import torch


def operation(name: str, arguments: Sequence[float]) -> Callable[[torch.Tensor], torch.Tensor]:
    """One of torch's operations, a method of tensors or a function of torch.nn.functional, of one tensor alone."""
    method = getattr(torch.Tensor, name, None) or getattr(torch.nn.functional, name)

    def op(v: torch.Tensor) -> torch.Tensor:
        result: torch.Tensor = method(v, *arguments)
        return result

    op.__name__ = op.__qualname__ = name
    return op
