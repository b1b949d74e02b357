"""Lab 1: tensors and devices.

float_matrix(rows)          a float32 tensor with the numbers of rows: nested lists of ints or floats, or a NumPy array
                            of float64 or float32. It shares no memory with rows.
column_max(X)               the pair (values, rows): the largest number of each column of X, and the row where it
                            stands, the first one if it stands in several; both tensors of shape (columns,)
blank_column(X, j, value)   puts value into the whole column j of X itself; returns nothing
pick_device(cuda, mps)      "cuda", "mps" or "cpu": the best that there is, given whether there is CUDA, and MPS
seconds_per_call(f, synchronize, clock, repeats)
                            how many seconds one call of f() takes on a device, its work included, by the mean of
                            so many calls. f() only hands its work to the device; synchronize() waits until all work
                            is done; clock() gives the time in seconds. The first call of f() is slow; do not count it.
"""

from collections.abc import Callable, Sequence

import numpy as np
import torch


def float_matrix(rows: Sequence[Sequence[float]] | np.ndarray) -> torch.Tensor:
    raise NotImplementedError


def column_max(X: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    raise NotImplementedError


def blank_column(X: torch.Tensor, j: int, value: float) -> None:
    raise NotImplementedError


def pick_device(cuda: bool, mps: bool) -> str:
    raise NotImplementedError


def seconds_per_call(
    f: Callable[[], object], synchronize: Callable[[], object], clock: Callable[[], float], repeats: int
) -> float:
    raise NotImplementedError
