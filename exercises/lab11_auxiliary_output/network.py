"""The truth of lab11: a network with an auxiliary output, forward and backward, in NumPy and float64."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from grader import Inputs

Array = np.ndarray[Any, Any]
BATCH = 14
"""Rows of a batch: more than any layer has neurons, so that no shape is right by accident."""
KINK = 1e-3
"""How far from 0 a ReLU's input is kept, where its slope depends on rounding."""


@dataclass(frozen=True)
class Sizes:
    """A network's sizes."""

    wide: int
    deep: int
    h1: int
    h2: int

    @property
    def shapes(self) -> tuple[tuple[int, ...], ...]:
        """Of its parameters, in the order of `Weights`; only the last and the third from last are the same."""
        h1, h2 = self.h1, self.h2
        return (h1, self.deep), (h1,), (h2, h1), (h2,), (1, self.wide + h2), (1,), (1, h2), (1,)


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
    main_w: Array
    main_b: Array
    aux_w: Array
    aux_b: Array

    @property
    def all(self) -> tuple[Array, ...]:
        """In the order of `Sizes.shapes`."""
        return self.w1, self.b1, self.w2, self.b2, self.main_w, self.main_b, self.aux_w, self.aux_b


def weights(inputs: Inputs, size: Sizes) -> Weights:
    """Random parameters."""
    return Weights(*(inputs.normal(*shape) for shape in size.shapes))


def relu(x: Array) -> Array:
    """max(x, 0), elementwise."""
    return np.maximum(x, 0)


def unbent(x: Array) -> Array:
    """The same, for a ReLU that is missing."""
    return x


def deep_stack(X: Array, w: Weights, first: Any = relu, last: Any = relu) -> Array:
    """What the deep stack makes of its input."""
    result: Array = last(first(X.astype("float64") @ w.w1.T + w.b1) @ w.w2.T + w.b2)
    return result


def main_output(ends: list[Array], w: Weights) -> Array:
    """The main output layer over what stands side by side."""
    result: Array = np.concatenate(ends, axis=1) @ w.main_w.T + w.main_b
    return result


def aux_output(deep: Array, w: Weights) -> Array:
    """The auxiliary output layer."""
    result: Array = deep @ w.aux_w.T + w.aux_b
    return result


def truth(X_wide: Array, X_deep: Array, w: Weights) -> tuple[Array, Array]:
    """Main and auxiliary output, float32 of shape (n, 1)."""
    deep = deep_stack(X_deep, w)
    return main_output([X_wide, deep], w).astype("float32"), aux_output(deep, w).astype("float32")


def smooth_case(inputs: Inputs, size: Sizes) -> tuple[Array, Array, Weights]:
    """X_wide, X_deep and parameters for which no neuron is so near 0 that rounding could decide whether it is on."""
    while True:
        X_wide, X_deep = inputs.normal(BATCH, size.wide), inputs.normal(BATCH, size.deep)
        w = weights(inputs, size)
        z1 = X_deep @ w.w1.T + w.b1
        z2 = relu(z1) @ w.w2.T + w.b2
        if min(np.abs(z1).min(), np.abs(z2).min()) > KINK and (z2 > 0).any(axis=0).all():
            return X_wide, X_deep, w


def gradients(X_wide: Array, X_deep: Array, w: Weights, by_main: Array, by_aux: Array) -> Weights:
    """Of sum(main * by_main + auxiliary * by_aux) by the parameters; `by_main` and `by_aux` are of shape (n, 1)."""
    z1 = X_deep.astype("float64") @ w.w1.T + w.b1
    z2 = relu(z1) @ w.w2.T + w.b2
    by_deep = (by_main @ w.main_w)[:, X_wide.shape[1] :] + by_aux @ w.aux_w
    by_z2 = np.where(z2 > 0, by_deep, 0.0)
    by_z1 = np.where(z1 > 0, by_z2 @ w.w2, 0.0)
    return Weights(
        by_z1.T @ X_deep,
        by_z1.sum(0),
        by_z2.T @ relu(z1),
        by_z2.sum(0),
        by_main.T @ np.concatenate([X_wide, relu(z2)], axis=1),
        by_main.sum(0),
        by_aux.T @ relu(z2),
        by_aux.sum(0),
    )
