"""Lab 2: a first descent, by autograd.

    slope(f, x0)                       f'(x0), a number
    descend(f, x0, lr, n)              n steps of gradient descent from x0: the positions after each of them
    descend_detached(f, x0, lr, n)     the same positions; each step changes the one leaf through x.detach()
    summed_slope(fs, x0)               x.grad after backward() for each f in the list fs, all on one leaf x = x0

Each f takes a 0-dim float32 tensor and returns one. x0 and lr are floats, n is an int of 1 or more. Numbers may be
Python floats or 0-dim tensors.
"""

from collections.abc import Callable, Sequence

import torch


def slope(f: Callable[[torch.Tensor], torch.Tensor], x0: float) -> float:
    raise NotImplementedError


def descend(f: Callable[[torch.Tensor], torch.Tensor], x0: float, lr: float, n: int) -> list[float]:
    raise NotImplementedError


def descend_detached(f: Callable[[torch.Tensor], torch.Tensor], x0: float, lr: float, n: int) -> list[float]:
    raise NotImplementedError


def summed_slope(fs: Sequence[Callable[[torch.Tensor], torch.Tensor]], x0: float) -> float:
    raise NotImplementedError
