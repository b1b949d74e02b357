"""Exercise 4: computing without autograd, in three ways.

    way_1(fn, x), way_2(fn, x), way_3(fn, x)     the values of fn(x), as a tensor that does not require grad

x is a float32 tensor, a leaf that requires grad; fn takes a tensor and returns one of the same shape. Nothing is recorded while
fn runs, the caller finds x and autograd's switch as before, and the three ways are different mechanisms.
"""

from collections.abc import Callable

import torch

Function = Callable[[torch.Tensor], torch.Tensor]


def way_1(fn: Function, x: torch.Tensor) -> torch.Tensor:
    raise NotImplementedError


def way_2(fn: Function, x: torch.Tensor) -> torch.Tensor:
    raise NotImplementedError


def way_3(fn: Function, x: torch.Tensor) -> torch.Tensor:
    raise NotImplementedError
