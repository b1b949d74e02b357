"""Runs in the worker, beside the student's code: a function that looks around when it is called. It can be forged."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypedDict

import torch


class Watched:
    """fn: a·sin(t) + b·t², elementwise. It remembers what it met at every call.

    Attributes:
        seen: for each call [autograd is on, inference mode is on, the argument requires grad, it shares x's memory, it
            is x].
    """

    def __init__(self, a: float, b: float, x: torch.Tensor) -> None:
        self.a, self.b, self.x = a, b, x
        self.seen: list[list[bool]] = []

    def __call__(self, t: torch.Tensor) -> torch.Tensor:
        if not isinstance(t, torch.Tensor):
            raise TypeError(f"fn takes a tensor, not a {type(t).__name__}")
        modes = [torch.is_grad_enabled(), torch.is_inference_mode_enabled()]
        self.seen.append([*modes, t.requires_grad, _share_memory(t, self.x), t is self.x])
        return self.a * torch.sin(t) + self.b * t * t


def _share_memory(one: torch.Tensor, other: torch.Tensor) -> bool:
    try:
        return one.untyped_storage().data_ptr() == other.untyped_storage().data_ptr()
    except RuntimeError:  # what torch.vmap, for one, hands on has no memory of its own
        return False


def leaf(values: torch.Tensor) -> torch.Tensor:
    return values.detach().clone().requires_grad_(True)


def set_gradient(x: torch.Tensor, gradient: torch.Tensor) -> None:
    x.grad = gradient


def watched(a: float, b: float, x: torch.Tensor) -> Watched:
    return Watched(a, b, x)


def seen_by(fn: Watched) -> list[list[bool]]:
    return fn.seen


def switch_on() -> None:
    torch.set_grad_enabled(True)


class Looks(TypedDict):
    """What a caller's x is like: whether autograd is on, and its own flag, gradient and values."""

    on: bool
    requires_grad: bool
    grad: torch.Tensor | None
    values: torch.Tensor


def looks(x: torch.Tensor) -> Looks:
    grad = None if x.grad is None else x.grad.clone()
    return {"on": torch.is_grad_enabled(), "requires_grad": x.requires_grad, "grad": grad, "values": x.detach().clone()}


def learn(fn: Watched, x: torch.Tensor) -> torch.Tensor | None:
    """x.grad after backward() from fn(x).sum(), as a caller would run it now: None if that raises."""
    try:
        fn(x).sum().backward()  # type: ignore[no-untyped-call]
    except RuntimeError:
        return None
    return x.grad


def gradient_beside(result: torch.Tensor, x: torch.Tensor) -> torch.Tensor:
    """The gradient of (result * x).sum() by x: the result itself, unless a gradient goes through that, too."""
    beside = x.detach().clone().requires_grad_()
    sources = [beside, x] if x.requires_grad else [beside]
    with torch.enable_grad():
        # Of a tensor that was made in inference mode only a copy may take part.
        found = torch.autograd.grad((result.clone() * beside).sum(), sources, allow_unused=True)
    return sum(gradient for gradient in found if gradient is not None)  # type: ignore[return-value]


def switch_after(way: Callable[..., Any], fn: Watched, x: torch.Tensor, on: bool) -> bool:
    """Whether autograd is on after a way that was gone with autograd on, or off."""
    torch.set_grad_enabled(on)
    try:
        way(fn, x)
        return torch.is_grad_enabled()
    finally:
        torch.set_grad_enabled(True)
