"""Reference solution of exercise 1."""

from collections.abc import Callable

import numpy as np
import torch

# The other four, broadcasting, float32, linear_algebra and nd_arrays, are NumPy's own.
EXTRAS = {"accelerators", "autograd", "compile", "layers", "loaders", "optimizers"}


def gradient_of(f: Callable[[torch.Tensor], torch.Tensor], x: list[float]) -> list[float]:
    # A fresh leaf in every call: .grad adds up.
    leaf = torch.tensor(x, requires_grad=True)
    f(leaf).backward()
    return leaf.grad.tolist()


def best_device() -> str:
    if torch.cuda.is_available():
        return "cuda"
    if torch.backends.mps.is_available():
        return "mps"
    return "cpu"


def shared_view(a: np.ndarray) -> torch.Tensor:
    return torch.from_numpy(a)


def independent_copy(a: np.ndarray) -> torch.Tensor:
    # Always a copy, even of an array that is float32 already.
    return torch.tensor(a, dtype=torch.float32)
