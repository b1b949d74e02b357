"""Runs in the worker, beside the student's code: makes a layer, looks into it. What it says can be forged."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch
from torch import nn


def anatomy(layer: nn.Module) -> list[str]:
    """Where a layer keeps tensors: "tensors" (plain attributes), "buffers", "listed" (in lists or dicts);
    and "no forward" where it has none."""
    own = set(vars(nn.Module()))
    signs = set()
    for part in layer.modules():
        kept = [value for name, value in vars(part).items() if name not in own]
        signs |= {"tensors" for value in kept if isinstance(value, torch.Tensor)}
        signs |= {"listed" for value in kept if isinstance(value, list | tuple | dict) and _holds_weights(value)}
        signs |= {"buffers" for _ in part.buffers(recurse=False)}
    forward = getattr(layer.forward, "__func__", layer.forward)
    signs |= {"no forward"} if forward is nn.Module.forward else set()
    return sorted(signs)


def _holds_weights(container: Any) -> bool:
    items = container.values() if isinstance(container, dict) else container
    return any(isinstance(item, torch.Tensor | nn.Module) for item in items)


def made_in_unwritten_memory(make: Callable[[int, int], nn.Module], n_in: int, n_out: int) -> nn.Module:
    """A fresh layer, in which all numbers that nobody has filled in are NaN.

    In debug mode torch fills what torch.empty gives (torch.utils.deterministic.fill_uninitialized_memory); otherwise it
    may hold what an earlier tensor has left there, which looks like random numbers.
    """
    before = torch.get_deterministic_debug_mode()
    torch.set_deterministic_debug_mode("warn")
    try:
        return make(n_in, n_out)
    finally:
        torch.set_deterministic_debug_mode(before)


def runs_linear(layer: nn.Module, x: torch.Tensor) -> bool:
    """Whether the forward of any nn.Linear runs while the layer is called."""
    original, ran = nn.Linear.forward, []

    def watched(self: nn.Linear, *args: Any, **kwargs: Any) -> torch.Tensor:
        ran.append(True)
        return original(self, *args, **kwargs)

    nn.Linear.forward = watched  # type: ignore[method-assign]
    try:
        layer(x)
    finally:
        nn.Linear.forward = original  # type: ignore[method-assign]
    return bool(ran)
