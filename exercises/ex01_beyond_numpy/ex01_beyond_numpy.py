"""Exercise 1: what PyTorch adds to NumPy.

    EXTRAS                 the ids of the statements (see README.md) that are true of PyTorch but not of NumPy
    gradient_of(f, x)      the gradient of f at the point x, by autograd: a list of floats, as long as x. f takes one
                           tensor with one dimension and returns a tensor without dimensions
    best_device()          "cuda", "mps" or "cpu": the best that this machine has; asks again in every call
    shared_view(a)         a tensor that shares the memory of the array a, with a's dtype
    independent_copy(a)    a float32 tensor with the values of a, in its own memory
"""

from collections.abc import Callable

import numpy as np
import torch

# Some of "accelerators", "autograd", "broadcasting", "compile", "float32", "layers", "linear_algebra", "loaders",
# "nd_arrays", "optimizers":
EXTRAS: set[str] = set()


def gradient_of(f: Callable[[torch.Tensor], torch.Tensor], x: list[float]) -> list[float]:
    raise NotImplementedError


def best_device() -> str:
    raise NotImplementedError


def shared_view(a: np.ndarray) -> torch.Tensor:
    raise NotImplementedError


def independent_copy(a: np.ndarray) -> torch.Tensor:
    raise NotImplementedError
