"""Exercise 13: the gradient of f(x, y) = sin(x²y), by autograd.

    sin_x2y(x, y)         the function itself: tensors in (of one shape, 0-dim or more), a tensor of that shape out
    gradient_at(x, y)     floats in, the pair (∂f/∂x, ∂f/∂y) at that point out, as numbers
    gradient(f, *point)   the same for any function f of n scalars: floats in, n numbers out, in the order of the
                          arguments; 0.0 for a variable that f does not use

The f that gradient() is given takes 0-dim tensors and returns a 0-dim tensor: some are flat almost everywhere and have a
slope for autograd alone, so finite differences will not do.
"""

from collections.abc import Callable

import torch


def sin_x2y(x: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    raise NotImplementedError


def gradient_at(x: float, y: float) -> tuple[float, float]:
    raise NotImplementedError


def gradient(f: Callable[..., torch.Tensor], *point: float) -> tuple[float, ...]:
    raise NotImplementedError
