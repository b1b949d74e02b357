"""Exercise 3: a tensor on the device where it is needed.

    create_direct(data, device)      a tensor that is created on the device: none is made on another device on the way
    create_then_move(data, device)   the same tensor, made on the CPU and then moved to the device

data is a number, a list of numbers, or lists of lists to any depth (ints or floats); device is a name such as "cpu", "cuda"
or "meta". The tensor is float32, and has the shape of the nested lists.
"""

import torch


def create_direct(data: float | list, device: str) -> torch.Tensor:
    raise NotImplementedError


def create_then_move(data: float | list, device: str) -> torch.Tensor:
    raise NotImplementedError
