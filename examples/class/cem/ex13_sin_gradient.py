"""Exercise 13: the gradient of f(x, y) = sin(x²y), by autograd.

    sin_x2y(x, y)         the function itself: takes tensors of one shape (0-dim or more), returns a tensor of that shape
    gradient_at(x, y)     takes floats, returns the pair (∂f/∂x, ∂f/∂y) at that point, as numbers
    gradient(f, *point)   the same for any function f of n scalars: takes floats, returns n numbers in the order of the
                          arguments; 0.0 for a variable that f does not use

The f that gradient() gets takes 0-dim tensors and returns a 0-dim tensor. Some have flat steps whose slope only autograd
knows, so finite differences do not work.
"""

from collections.abc import Callable

import torch


def sin_x2y(x: torch.Tensor, y: torch.Tensor) -> torch.Tensor:
    raise NotImplementedError


def gradient_at(x: float, y: float) -> tuple[float, float]:
    raise NotImplementedError


def gradient(f: Callable[..., torch.Tensor], *point: float) -> tuple[float, ...]:
    raise NotImplementedError
