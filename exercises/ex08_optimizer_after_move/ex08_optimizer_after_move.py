"""Exercise 8: the optimizer comes after the move.

    build(make_model, make_optimizer, device, dtype)   (model, optimizer): the model on that device, with parameters of that
                                                       floating-point dtype; an optimizer of exactly these parameters
    untracked(model, optimizer)                        names of parameters that are in none of the optimizer's groups, or
                                                       for which it keeps a tensor of their shape on another device or
                                                       in another dtype

make_model() makes a model on the CPU, float32; make_optimizer(parameters) an optimizer for these parameters.
"""

from collections.abc import Callable

import torch
from torch import nn


def build(
    make_model: Callable[[], nn.Module],
    make_optimizer: Callable[..., torch.optim.Optimizer],
    device: str,
    dtype: torch.dtype,
) -> tuple[nn.Module, torch.optim.Optimizer]:
    raise NotImplementedError


def untracked(model: nn.Module, optimizer: torch.optim.Optimizer) -> list[str]:
    raise NotImplementedError
