"""Lab 1: tensors and devices.

float_matrix(rows)          a float32 tensor with the numbers in rows: nested lists of ints or floats, or a NumPy array
                            of float64 or float32. It shares no memory with rows.
column_max(X)               (values, rows): the largest number in each column of X, and the index of its row, the first
                            one if there are several; both are tensors of shape (columns,)
blank_column(X, j, value)   writes value into the whole column j of X itself; returns nothing
pick_device(cuda, mps)      "cuda", "mps" or "cpu": the best device, given whether CUDA and MPS are available
seconds_per_call(f, synchronize, clock, repeats)
                            how many seconds one call of f() takes, including its work on the device: the mean of
                            `repeats` calls. f() only hands its work to the device; synchronize() waits until all work
                            is done; clock() returns the time in seconds. The first call of f() is slow: do not count it.
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
