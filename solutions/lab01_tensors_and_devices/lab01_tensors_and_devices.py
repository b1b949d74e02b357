"""Reference solution of lab 1."""

from collections.abc import Callable, Sequence

import numpy as np
import torch


def float_matrix(rows: Sequence[Sequence[float]] | np.ndarray) -> torch.Tensor:
    return torch.tensor(rows, dtype=torch.float32)


def column_max(X: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    values, rows = X.max(dim=0)
    return values, rows


def blank_column(X: torch.Tensor, j: int, value: float) -> None:
    X[:, j] = value


def pick_device(cuda: bool, mps: bool) -> str:
    return "cuda" if cuda else "mps" if mps else "cpu"


def seconds_per_call(
    f: Callable[[], object], synchronize: Callable[[], object], clock: Callable[[], float], repeats: int
) -> float:
    f()
    # Nothing may be under way when the clock is read: not the slow first call at the start, nor the last at the end.
    synchronize()
    start = clock()
    for _ in range(repeats):
        f()
    synchronize()
    return (clock() - start) / repeats
