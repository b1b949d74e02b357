"""Reference solution of lab 2."""

from collections.abc import Callable, Sequence

import torch


def slope(f: Callable[[torch.Tensor], torch.Tensor], x0: float) -> float:
    return summed_slope([f], x0)


def descend(f: Callable[[torch.Tensor], torch.Tensor], x0: float, lr: float, n: int) -> list[float]:
    x = torch.tensor(x0, requires_grad=True)
    positions = []
    for _ in range(n):
        f(x).backward()
        with torch.no_grad():
            x -= lr * x.grad
        # backward() adds to .grad: without this the next step would take this one's gradient along.
        x.grad.zero_()
        positions.append(x.item())
    return positions


def descend_detached(f: Callable[[torch.Tensor], torch.Tensor], x0: float, lr: float, n: int) -> list[float]:
    x = torch.tensor(x0, requires_grad=True)
    view = x.detach()  # the same memory, unwatched
    positions = []
    for _ in range(n):
        f(x).backward()
        view -= lr * x.grad
        x.grad.zero_()
        positions.append(x.item())
    return positions


def summed_slope(fs: Sequence[Callable[[torch.Tensor], torch.Tensor]], x0: float) -> float:
    x = torch.tensor(x0, requires_grad=True)
    for f in fs:
        f(x).backward()
    return x.grad.item()
