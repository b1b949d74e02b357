"""Runs in the worker, beside the student's code: a backend that counts, models, and functions with graph breaks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import torch
import torch._dynamo
from torch import nn

from grader import apparatus


class _Counting:
    """A backend that runs graphs as they are, as "eager" does, and counts them."""

    __name__ = "counting"

    def __init__(self) -> None:
        self.graphs = 0

    def __call__(self, graph: Any, inputs: list[Any]) -> Callable[..., Any]:
        self.graphs += 1
        return graph.forward  # type: ignore[no-any-return]


def counting() -> _Counting:
    return _Counting()


def graphs_of(backend: _Counting) -> int:
    """How many graphs it was given."""
    return backend.graphs


def forget() -> None:
    """Nothing of what was compiled before is left: what follows is compiled as if it came first."""
    torch._dynamo.reset()


class Gate(nn.Module):
    """x * a where the sum of x is above t, else x - b."""

    def __init__(self, t: float, a: float, b: float) -> None:
        super().__init__()
        self.t, self.a, self.b = t, a, b

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        if x.sum() > self.t:
            return x * self.a
        return x - self.b


def gate(t: float, a: float, b: float) -> Gate:
    return Gate(t, a, b)


class Named(nn.Module):
    """A network whose layers have names, and which has buffers."""

    def __init__(self, n_in: int, n_hidden: int, n_out: int) -> None:
        super().__init__()
        self.dim = nn.Linear(n_in, n_hidden)
        self.mood = nn.BatchNorm1d(n_hidden)
        self.rim = nn.Linear(n_hidden, n_out)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return self.rim(torch.relu(self.mood(self.dim(x))))  # type: ignore[no-any-return]


def named(sizes: list[int], state: dict[str, torch.Tensor]) -> nn.Module:
    """Such a network in this state, compiled; it has not run yet."""
    made = Named(*sizes)
    made.load_state_dict(state)
    return torch.compile(made, backend="eager")  # type: ignore[return-value]


def model(layers: list[list[Any]], state: dict[str, torch.Tensor]) -> nn.Module:
    """A network in this state."""
    forget()
    return apparatus.model(layers, state, False)  # type: ignore[no-any-return]


# Functions with so many graph breaks that every version of Dynamo agrees.


def whole(x: torch.Tensor) -> torch.Tensor:
    return (2 * x).relu() + 1


def prints(x: torch.Tensor) -> torch.Tensor:
    y = 2 * x
    print(end="")  # noqa: T201 - the break
    return y + 1


def by_rows(x: torch.Tensor) -> torch.Tensor:
    # A shape is no number in a tensor: Dynamo decides this by itself.
    total = torch.zeros_like(x[0])
    for i in range(x.shape[0]):
        total = 0.5 * total + x[i] if x.shape[1] > 1 else total
    return total


def decides(x: torch.Tensor) -> torch.Tensor:
    if x.sum() > 0:
        return 3 * x
    return x - 1


def two_prints(x: torch.Tensor) -> torch.Tensor:
    y = x.sin()
    print(end="")  # noqa: T201 - the break
    y = y + x
    print(end="")  # noqa: T201 - the break
    return y.cos()


def decides_twice(x: torch.Tensor) -> torch.Tensor:
    y = 2 * x if x.sum() > 0 else x - 1
    return y.exp() if y.mean() > 0.5 else y + 3


def three_breaks(x: torch.Tensor) -> torch.Tensor:
    x = x + 1
    torch._dynamo.graph_break()
    x = 2 * x
    torch._dynamo.graph_break()
    x = x - 3
    torch._dynamo.graph_break()
    return x.relu()


def prints_and_decides(x: torch.Tensor) -> torch.Tensor:
    y = x.abs()
    print(end="")  # noqa: T201 - the break
    y = y * x
    if y.sum() > 0:
        return y + 1
    return y - 1


def function(name: str) -> Callable[[torch.Tensor], torch.Tensor]:
    """One of these functions."""
    found: Callable[[torch.Tensor], torch.Tensor] = globals()[name]
    return found
