"""The truth of lab10's network, in NumPy and float64, and what mistakes give."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np

from grader import Inputs

Array = np.ndarray[Any, Any]
BATCH = 14
"""Rows of a batch: more than any layer has neurons, so that no shape is right by accident."""
TELLING = 0.02
"""How far apart, at least, the right answer and each mistake's answer are on a batch."""

DEEP_FIRST = "You joined the deep values first: the wide values come first, then the deep ones."
WIDE_BENT = "The wide way must stay linear: pass X_wide to the output layer unchanged."
NO_RELU = "Your deep stack has no ReLU: put one after each of its linear layers."
NO_LAST_RELU = "The ReLU after the second linear layer is missing: the deep stack must end with one."
OUTPUT_BENT = "You put a ReLU after the output layer: leave it out, since the output of a regression may be negative."


@dataclass(frozen=True)
class Sizes:
    """A network's sizes."""

    wide: int
    deep: int
    h1: int
    h2: int

    @property
    def shapes(self) -> tuple[tuple[int, ...], ...]:
        """Of its parameters, in the order of `Weights`; no two are the same."""
        h1, h2 = self.h1, self.h2
        return (h1, self.deep), (h1,), (h2, h1), (h2,), (1, self.wide + h2), (1,)


def sizes(inputs: Inputs) -> Sizes:
    """Random sizes, all different."""
    wide, deep = inputs.integers(2, 2, 6)
    h1, h2 = inputs.integers(2, 8, 12)
    return Sizes(wide, deep, h1, h2)


@dataclass(frozen=True)
class Weights:
    """A network's parameters, as nn.Linear keeps them."""

    w1: Array
    b1: Array
    w2: Array
    b2: Array
    w: Array
    b: Array

    @property
    def all(self) -> tuple[Array, ...]:
        """In the order of `Sizes.shapes`."""
        return self.w1, self.b1, self.w2, self.b2, self.w, self.b


def relu(x: Array) -> Array:
    """max(x, 0), elementwise."""
    return np.maximum(x, 0)


def _unbent(x: Array) -> Array:
    return x


def _deep_stack(X: Array, w: Weights, first: Any = relu, last: Any = relu) -> Array:
    result: Array = last(first(X.astype("float64") @ w.w1.T + w.b1) @ w.w2.T + w.b2)
    return result


def _output(ends: list[Array], w: Weights) -> Array:
    result: Array = np.concatenate(ends, axis=1) @ w.w.T + w.b
    return result


def truth(X_wide: Array, X_deep: Array, w: Weights) -> Array:
    """What the network answers, float32 of shape (n, 1)."""
    return _output([X_wide, _deep_stack(X_deep, w)], w).astype("float32")


def mistakes_of(X_wide: Array, X_deep: Array, w: Weights) -> dict[str, Array]:
    """Sentence → what that mistake answers."""
    deep = _deep_stack(X_deep, w)
    return {
        DEEP_FIRST: _output([deep, X_wide], w),
        WIDE_BENT: _output([relu(X_wide), deep], w),
        NO_RELU: _output([X_wide, _deep_stack(X_deep, w, _unbent, _unbent)], w),
        NO_LAST_RELU: _output([X_wide, _deep_stack(X_deep, w, relu, _unbent)], w),
        OUTPUT_BENT: relu(_output([X_wide, deep], w)),
    }


def telling_case(inputs: Inputs, size: Sizes) -> tuple[Array, Array, Weights]:
    """X_wide, X_deep and parameters on which the right answer and every mistake's are all told apart."""
    while True:
        X_wide, X_deep = inputs.normal(BATCH, size.wide), inputs.normal(BATCH, size.deep)
        w = Weights(*(inputs.normal(*shape) for shape in size.shapes))
        outcomes = [truth(X_wide, X_deep, w), *mistakes_of(X_wide, X_deep, w).values()]
        if all(np.abs(one - other).max() > TELLING for one, other in combinations(outcomes, 2)):
            return X_wide, X_deep, w
