"""What the gate, the loop and the halver of lab18 compute: in NumPy."""

from __future__ import annotations

from typing import Any

import numpy as np

from grader import Inputs

Array = np.ndarray[Any, Any]


def gated(x: Array, t: float, a: float, b: float) -> Array:
    """What Gate(t, a, b) gives."""
    return branch(x, bool(x.sum() > t), a, b)


def branch(x: Array, above: bool, a: float, b: float) -> Array:
    """What one of its branches gives."""
    return (x * a if above else x - b).astype("float32")


def gate_input(inputs: Inputs, t: float, above: bool) -> Array:
    """Random (rows, 3) whose sum is clearly on this side of t."""
    x = inputs.normal(inputs.integer(2, 4), 3)
    total = t + (1 if above else -1) * inputs.number(0.5, 3)
    return np.round(x + (total - x.sum()) / x.size, 2).astype("float32")


def folded(x: Array, decay: float) -> Array:
    """What RowLoop(decay) gives."""
    total = np.zeros(x.shape[1])
    for row in x:
        total = decay * total + row
    return total.astype("float32")


def halvings(x: Array, limit: float) -> int:
    """How often Halver(limit) halves x."""
    times = 0
    while np.abs(x).max() > limit:
        x, times = x / 2, times + 1
    return times


def halver_input(inputs: Inputs, limit: float, times: int) -> Array:
    """Random (rows, n) that is halved so often, with numbers that are far from each other and from the limits."""
    x = inputs.uniform(inputs.integer(2, 3), inputs.integer(2, 4), low=0.05, high=0.45)
    x.flat[inputs.integer(0, x.size - 1)] = inputs.number(0.6, 0.9)
    return (x * inputs.choice((-1, 1)) * limit * 2**times).astype("float32")
