"""The truth of lab09: a wide and deep network, forward and backward, in NumPy and float64, and what mistakes give."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import combinations
from typing import Any

import numpy as np

from grader import Inputs

Array = np.ndarray[Any, Any]
BATCH = 12
"""Rows of a batch: more than any layer has neurons, so that no shape is right by accident."""
NEURONS = (8, 11)
TELLING = 0.02
"""How far apart, at least, the right answer and each mistake's answer are on a batch."""
KINK = 1e-3
"""How far from 0 a ReLU's input is kept, where its slope depends on rounding."""

SWAPPED = "You joined the deep values first: the wide values come first, then the deep ones."
WIDE_BENT = "The wide way must stay linear: pass X to the output layer unchanged, without a ReLU."
OUTPUT_BENT = "You put a ReLU after the output layer: leave it out, since the output of a regression may be negative."
NO_FIRST_RELU = "The ReLU after the first linear layer is missing."
NO_LAST_RELU = "The ReLU after the second linear layer is missing: the deep stack must end with one."
NO_RELU = "Your deep stack has no ReLU, so the deep way is linear, too: put a ReLU after each linear layer."
NO_WIDE = "The wide values do not reach the output: join them with the deep ones."
WIDE_FROM_THE_END = "You took the last columns for the wide way: take the first n_wide_end, X[:, :n_wide_end]."
DEEP_FROM_THE_FRONT = "Your deep columns start at the first column: start at n_deep_start, X[:, n_deep_start:]."


@dataclass(frozen=True)
class Sizes:
    """A network's sizes: wide is the number of columns that go the wide way, start the first that goes the deep way."""

    wide: int
    start: int
    features: int
    h1: int
    h2: int

    @property
    def shapes(self) -> tuple[tuple[int, ...], ...]:
        """Of its parameters, in the order of `Weights`; no two are the same."""
        first, second = (self.h1, self.features - self.start), (self.h2, self.h1)
        return first, (self.h1,), second, (self.h2,), (1, self.wide + self.h2), (1,)


def sizes(inputs: Inputs, *, split: bool = False) -> Sizes:
    """Random sizes, whose parameters all differ in shape; without `split` all columns go both ways.

    There are more neurons than columns, and a slice that is off by one is neither all columns nor empty, and
    the deep columns do not begin where the wide ones end.
    """
    features, (h1, h2) = inputs.integer(5, 7), inputs.integers(2, *NEURONS)
    if not split:
        return Sizes(features, 0, features, h1, h2)
    wide, start = inputs.integers(2, 2, features - 2)
    return Sizes(wide, start, features, h1, h2)


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


def weights(inputs: Inputs, size: Sizes) -> Weights:
    """Random parameters."""
    return Weights(*(inputs.normal(*shape) for shape in size.shapes))


def relu(x: Array) -> Array:
    """max(x, 0), elementwise."""
    return np.maximum(x, 0)


def deep_stack(X: Array, w: Weights, first: Any = relu, last: Any = relu) -> Array:
    """What the deep way makes of its columns."""
    hidden = first(X.astype("float64") @ w.w1.T + w.b1)
    result: Array = last(hidden @ w.w2.T + w.b2)
    return result


def output(ends: list[Array], w: Weights) -> Array:
    """The output layer over what stands side by side."""
    result: Array = np.concatenate(ends, axis=1) @ w.w.T + w.b
    return result


def split(X: Array, size: Sizes) -> tuple[Array, Array]:
    """The wide columns and the deep ones."""
    return X[:, : size.wide].astype("float64"), X[:, size.start :].astype("float64")


def truth(X: Array, size: Sizes, w: Weights) -> Array:
    """What the network answers, float32 of shape (n, 1)."""
    wide, deep = split(X, size)
    return output([wide, deep_stack(deep, w)], w).astype("float32")


def _unbent(x: Array) -> Array:
    return x


def mistakes_of(X: Array, size: Sizes, w: Weights) -> dict[str, Array]:
    """Sentence → what that mistake answers."""
    wide, deep = split(X, size)
    stack = deep_stack(deep, w)
    known = {
        SWAPPED: output([stack, wide], w),
        WIDE_BENT: output([relu(wide), stack], w),
        OUTPUT_BENT: relu(output([wide, stack], w)),
        NO_FIRST_RELU: output([wide, deep_stack(deep, w, first=_unbent)], w),
        NO_LAST_RELU: output([wide, deep_stack(deep, w, last=_unbent)], w),
        NO_RELU: output([wide, deep_stack(deep, w, first=_unbent, last=_unbent)], w),
        NO_WIDE: output([0 * wide, stack], w),
    }
    if size.wide < size.features:
        known[WIDE_FROM_THE_END] = output([X[:, -size.wide :], stack], w)
    if size.start > 0:
        known[DEEP_FROM_THE_FRONT] = output([wide, deep_stack(X[:, : -size.start], w)], w)
    return known


def telling_case(inputs: Inputs, size: Sizes) -> tuple[Array, Weights]:
    """A batch and parameters on which the right answer and every mistake's are all told apart."""
    while True:
        X, w = inputs.normal(BATCH, size.features), weights(inputs, size)
        outcomes = [truth(X, size, w), *mistakes_of(X, size, w).values()]
        if all(np.abs(one - other).max() > TELLING for one, other in combinations(outcomes, 2)):
            return X, w


def smooth_case(inputs: Inputs, size: Sizes) -> tuple[Array, Weights]:
    """A batch and parameters for which no neuron is so near 0 that rounding could decide whether its ReLU is on."""
    while True:
        X, w = inputs.normal(BATCH, size.features), weights(inputs, size)
        _, deep = split(X, size)
        z1 = deep @ w.w1.T + w.b1
        z2 = relu(z1) @ w.w2.T + w.b2
        if min(np.abs(z1).min(), np.abs(z2).min()) > KINK and (z2 > 0).any(axis=0).all():
            return X, w


def switched_off(w: Weights) -> Weights:
    """The same, but the deep stack gives nothing but zeros."""
    return replace(w, w2=np.zeros_like(w.w2), b2=np.zeros_like(w.b2))


def gradients(X: Array, size: Sizes, w: Weights, upstream: Array) -> tuple[Weights, Array, Array]:
    """Of sum(output * upstream): by the parameters, and by X on the wide way and on the deep way.

    Args:
        upstream: of shape (n, 1).

    Returns:
        The parameters' gradients, and two arrays of X's shape, whose sum is X's gradient.
    """
    wide, deep = split(X, size)
    z1 = deep @ w.w1.T + w.b1
    z2 = relu(z1) @ w.w2.T + w.b2
    by_ends = upstream.astype("float64") @ w.w
    by_z2 = np.where(z2 > 0, by_ends[:, size.wide :], 0.0)
    by_z1 = np.where(z1 > 0, by_z2 @ w.w2, 0.0)
    found = Weights(
        by_z1.T @ deep,
        by_z1.sum(0),
        by_z2.T @ relu(z1),
        by_z2.sum(0),
        upstream.T @ np.concatenate([wide, relu(z2)], axis=1),
        upstream.sum(0),
    )
    on_wide, on_deep = np.zeros(X.shape), np.zeros(X.shape)
    on_wide[:, : size.wide] = by_ends[:, : size.wide]
    on_deep[:, size.start :] = by_z1 @ w.w1
    return found, on_wide, on_deep
