"""Hidden checks of lab14: fresh logits and counts, and logits far from zero. The truth is NumPy's, in float64."""

from __future__ import annotations

from typing import Any

import numpy as np

from grader import Inputs, Student, check, number_of

from . import truth
from .checks import (
    NO_SAMPLES,
    expect_balanced,
    expect_probabilities,
    expect_smoothed,
    expect_top,
    expect_weighted,
    order_of,
)
from .truth import Array, Batch, batch_of, random_batch

FAR = 200.0


@check("top_k() is right for models that are not sure", points=1, after="two_of_four")
def any_top(student: Student, inputs: Inputs) -> None:
    for k in inputs.sample([1, 2, 3], 3):
        expect_top(student, flat_logits(inputs), k)


def flat_logits(inputs: Inputs) -> Array:
    """Logits of which the top three keep less than 0.9, and no two of a row are nearly alike."""
    while True:
        z = random_batch(inputs, scale=0.7).logits
        if np.diff(np.sort(z, axis=1), axis=1).min() > 1e-3:
            top = np.take_along_axis(truth.softmax(z), order_of(z)[:, :3], axis=1).sum(1)
            if top.max() < 0.9:
                return z


@check("smoothed_loss() is right for any eps", points=1, after="little_smoothing")
def any_smoothing(student: Student, inputs: Inputs) -> None:
    for _ in range(3):

        def draw() -> tuple[Any, float, Any]:
            batch, eps = random_batch(inputs), inputs.number(0.15, 0.4)
            right = truth.smoothed(truth.log_softmax(batch.logits), batch.y, eps)
            return (batch, eps), right, truth.mistaken_smoothing(batch, eps)

        (batch, eps), _, known = truth.telling(draw)
        expect_smoothed(student, batch, eps, known)


@check("class_weights() are right if a class has no samples", points=1, after="three_classes", explain=NO_SAMPLES)
def any_counts(student: Student, inputs: Inputs) -> None:
    for absent in (0, 1, 2):
        counts = np.array(inputs.integers(inputs.integer(5, 9), 5, 400))
        *without, single = inputs.sample(range(len(counts)), absent + 1)
        counts[without], counts[single] = 0, 1
        expect_balanced(student, counts)


@check("weighted_loss() is right for any weights", points=1, after="known_weights")
def any_weights(student: Student, inputs: Inputs) -> None:
    for _ in range(3):

        def draw() -> tuple[Any, float, Any]:
            batch = random_batch(inputs)
            batch.y[1] = batch.y[0]  # so that a class has two samples
            weights = inputs.uniform(batch.logits.shape[1], low=0.2, high=3.0).astype("float64")
            return (batch, weights), truth.weighted_loss(batch, weights), truth.mistaken_weighting(batch, weights)

        (batch, weights), _, known = truth.telling(draw)
        expect_weighted(student, batch, weights, known)


@check(
    "nothing overflows for logits of ±200",
    points=1,
    after=("known_rows", "two_of_four", "little_smoothing", "known_weights"),
)
def far_from_zero(student: Student, inputs: Inputs) -> None:
    batch = far_batch(inputs)
    expect_probabilities(student, batch.logits)
    expect_top(student, batch.logits, 1)  # the next probabilities are 0, more than one of them
    log_p, eps = truth.log_softmax(batch.logits), inputs.number(0.1, 0.4)
    expect_smoothed(student, batch, eps, _beyond(truth.smoothed(log_p, batch.y, eps)))
    weights = inputs.uniform(batch.logits.shape[1], low=0.5, high=2.0).astype("float64")
    expect_weighted(student, batch, weights, _beyond(truth.weighted_loss(batch, weights)))


def far_batch(inputs: Inputs) -> Batch:
    """In three rows one logit is 200 or -200; of the first and the last the model is sure, and wrong."""
    batch = random_batch(inputs)
    z, y = batch.logits.copy(), batch.y
    z[0, y[0]] = -FAR
    z[1, y[1]] = FAR
    z[2, (y[2] + 1) % z.shape[1]] = FAR
    return batch_of(z, y)


def _beyond(right: float) -> dict[str, Any]:
    return {
        truth.OVERFLOWS: truth.not_finite,
        truth.SATURATES: lambda got: 0 < number_of(got) < 0.95 * right,
    }
