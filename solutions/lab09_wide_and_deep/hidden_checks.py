"""Hidden checks of lab09: gradients on both ways, a deep stack that is off, and splits at the edges."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from grader import Answer, Inputs, Student, Tensor, check, expect

from .checks import ATOL, loaded
from .network import (
    BATCH,
    DEEP_FROM_THE_FRONT,
    NEURONS,
    WIDE_FROM_THE_END,
    Sizes,
    Weights,
    gradients,
    mistakes_of,
    sizes,
    smooth_case,
    switched_off,
    telling_case,
    truth,
    weights,
)

NO_GRADIENT = (
    "No gradient arrives there, so nothing would be learned: .data, detach() and no_grad() in forward() stop it."
)
NOT_ON_WIDE = "X gets the gradient of the deep way only: do not detach the wide values from X."
NOT_ON_DEEP = "X gets the gradient of the wide way only: do not detach the deep stack from X."
NOT_LINEAR = "With the deep stack switched off, your network is not linear: leave X unchanged on the wide way."
OTHER_COLUMNS = (
    "Columns outside its slice change the result of a way: wide is X[:, :n_wide_end], deep is X[:, n_deep_start:]."
)
NAMES = (
    "the first layer's weights",
    "the first layer's biases",
    "the second layer's weights",
    "the second layer's biases",
    "the output layer's weights",
    "the output layer's bias",
)


def expect_gradients(student: Student, name: str, size: Sizes, inputs: Inputs) -> None:
    """Gradients of all parameters and of X."""
    X, w = smooth_case(inputs, size)
    upstream = inputs.normal(BATCH, 1)
    network = loaded(student, name, size, w)
    found = network.backward(X, upstream=upstream)
    right, on_wide, on_deep = gradients(X, size, w, upstream)
    for what, shape, gradient in zip(NAMES, size.shapes, right.all, strict=True):
        expect.close(
            Answer(found.of_shape(shape).value, f"the gradient of {what} in {network}"),
            gradient.astype("float32"),
            rtol=1e-3,
            atol=1e-3,
            mistakes={NO_GRADIENT: _nothing},
        )
    expect.close(
        Answer(next(iter(found.inputs), None), f"the gradient of X in {network}"),
        (on_wide + on_deep).astype("float32"),
        rtol=1e-3,
        atol=1e-3,
        mistakes={NO_GRADIENT: _nothing, NOT_ON_WIDE: on_deep, NOT_ON_DEEP: on_wide},
    )


def _nothing(value: Any) -> bool:
    return value is None or not np.asarray(value.array).any()


@check("WideAndDeep sends gradients back along both ways", points=1, after="wide_and_deep_forward")
def wide_and_deep_gradients(student: Student, inputs: Inputs) -> None:
    expect_gradients(student, "WideAndDeep", sizes(inputs), inputs)


@check("WideAndDeep is linear in X if its deep stack outputs zeros", points=1, after="wide_and_deep_parameters")
def linear_without_deep(student: Student, inputs: Inputs) -> None:
    for _ in range(2):
        size = sizes(inputs)
        w = switched_off(weights(inputs, size))
        network = loaded(student, "WideAndDeep", size, w)
        # Large values, too: some bends do not show on small ones.
        one, other = 30 * inputs.normal(BATCH, size.features), 30 * inputs.normal(BATCH, size.features)
        asked = (one, other, one + other)
        answers = [network.forward(X) for X in asked]
        bent = _bent([answer.value for answer in answers], w)
        for X, answer in zip(asked, answers, strict=True):
            known: dict[str, Any] = {**mistakes_of(X, size, w), NOT_LINEAR: lambda got, bent=bent: bent}
            expect.close(answer, truth(X, size, w), atol=1e-2, mistakes=known)


def _bent(values: list[Any], w: Weights) -> bool:
    """Whether a network's answers to two inputs and to their sum are not those of any linear one with this bias."""
    if not all(isinstance(value, Tensor) and value.shape == (BATCH, 1) for value in values):
        return False
    one, other, both = (value.array.astype("float64") for value in values)
    return bool((np.abs(one + other - w.b - both) > 0.1).any())


@check("WideAndDeepV2 sends gradients back along both ways", points=1, after="v2_forward")
def v2_gradients(student: Student, inputs: Inputs) -> None:
    expect_gradients(student, "WideAndDeepV2", sizes(inputs, split=True), inputs)


@check("WideAndDeepV2 ignores the columns outside the slice of each way", points=1, after="v2_parameters")
def v2_columns(student: Student, inputs: Inputs) -> None:
    h1, h2 = inputs.integers(2, *NEURONS)
    # Ways that overlap, that share nothing, that leave columns out, and that take them all.
    for wide, start, features in ((5, 2, 7), (3, 3, 6), (2, 4, 6), (5, 0, 5)):
        size = Sizes(wide, start, features, h1, h2)
        X, w = telling_case(inputs, size)
        right = truth(X, size, w)
        known = {
            sentence: answer
            for sentence, answer in mistakes_of(X, size, w).items()
            if sentence in (WIDE_FROM_THE_END, DEEP_FROM_THE_FRONT)
        }
        expect.close(loaded(student, "WideAndDeepV2", size, w).forward(X), right, atol=ATOL, mistakes=known)
        for muted, outside in _ways(size, w):
            network = loaded(student, "WideAndDeepV2", size, muted)
            changed = X.copy()
            changed[:, outside] += 1 + np.abs(inputs.normal(BATCH, features))[:, outside]
            before = network.forward(X)
            expect.close(before, truth(X, size, muted), atol=ATOL)
            expect.close(
                network.forward(changed),
                truth(X, size, muted),
                atol=ATOL,
                mistakes={OTHER_COLUMNS: lambda got, before=before: bool((got.array != before.value.array).any())},
            )


def _ways(size: Sizes, w: Weights) -> tuple[tuple[Weights, slice], ...]:
    """For each way parameters under which it alone is heard, and the columns that are not its own."""
    no_wide, no_deep = w.w.copy(), w.w.copy()
    no_wide[:, : size.wide] = 0
    no_deep[:, size.wide :] = 0
    return (
        (replace(w, w=no_deep), slice(size.wide, None)),
        (replace(w, w=no_wide), slice(0, size.start)),
    )
