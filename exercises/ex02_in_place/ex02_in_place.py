"""Exercise 2: operations in place and out of place.

    out_of_place(op, x)    a new tensor with op(x); x stays as it is
    in_place(op, x)        op(x) written over the memory of x; returns x itself, the same object
    same_memory(a, b)      whether the tensors a and b use the same storage: a bool

op is "exp", "relu", "abs" or "sqrt"; x is a float32 tensor with at least one dimension, perhaps a view of a larger one.
"""

import torch


def out_of_place(op: str, x: torch.Tensor) -> torch.Tensor:
    raise NotImplementedError


def in_place(op: str, x: torch.Tensor) -> torch.Tensor:
    raise NotImplementedError


def same_memory(a: torch.Tensor, b: torch.Tensor) -> bool:
    raise NotImplementedError
