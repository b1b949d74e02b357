"""Public checks of lab14: small cases, with values that can be computed by hand. The truth is NumPy's, in float64."""

from __future__ import annotations

from typing import Any

import numpy as np

from grader import Answer, Inputs, Student, Tensor, check, difference, expect, show

from . import truth
from .truth import ATOL, Array, Batch, batch_of

PAIR = "Return both as a pair: (probabilities, classes)."
PAIR_TURNED = "You swapped the pair: the probabilities come first, the classes second."
RENORMALISED = (
    "Your k probabilities add up to 1, as if there were no other classes: take the softmax of all logits first, then "
    "topk."
)
LOGITS_KEPT = "These are the top k logits: return their probabilities."
PROBABILITIES_OVER_SAMPLES = "Your softmax runs over the samples: it must run over the classes, dim=1."
TOP_OVER_SAMPLES = "You took the top of each column: look along the classes of each row, dim=1."
ASCENDING = "Your order is reversed: the most probable class comes first."
LEAST = "These are the k least probable classes: return the most probable ones."
SORTED_BY_NUMBER = "You sorted the k classes by their number: sort them by probability, the largest first."
ALL_CLASSES = "You returned all K classes: keep the first k of each row."
CLASS_NUMBERS = (
    "The classes must be integers, the numbers of the columns: return them as topk, sort or argsort gives them."
)
OWN_PROBABILITIES = (
    "The classes are right, but their probabilities are not: take them from the softmax over all K classes."
)

FREQUENCIES = "These are frequencies: rare classes need more weight, so invert the counts."
NOT_NORMALISED = "Your weights are in the right proportion, but they do not add up to 1: divide them by their sum."
COMPLEMENTS = "You took 1 minus the frequency, but half the samples should give twice the weight: take 1 / counts."
ROOTS = (
    "You divided by the square roots of the counts, but half the samples should give twice the weight: take 1 / counts."
)
ABSENT = "A class without samples must get the weight 0."
RARE = "A class with a single sample has a weight, too, the largest: only a class without samples gets the weight 0."
ABSENT_INFINITE = "You divided by zero: give a class without samples the weight 0 before you divide by the sum."
NO_SAMPLES = {"ZeroDivisionError": ABSENT_INFINITE}


def batch_with(probabilities: Any, y: Any) -> Batch:
    """A batch whose rows have these probabilities; a row's logits are their logarithms, shifted."""
    p = np.asarray(probabilities)
    return batch_of(np.log(p) + np.linspace(0.7, 2.1, len(p))[:, None], y)


def expect_probabilities(student: Student, z: Array) -> None:
    """What probabilities() gives for these logits is right."""
    answer, right = student.probabilities(z.astype("float32")), truth.softmax(z)
    known = truth.mistaken_probabilities(z)
    expect.tensor(answer, shape=right.shape, mistakes=known)
    expect.close(answer, right, mistakes=known)


def expect_top(student: Student, z: Array, k: int) -> None:
    """What top_k() gives for these logits, of which no two are alike, is right."""
    answer = student.top_k(z.astype("float32"), k)
    p, classes = pair_of(answer, z, k)
    right, probabilities = order_of(z)[:, :k], truth.softmax(z)
    wrong_order = {
        ASCENDING: right[:, ::-1],
        LEAST: order_of(-z)[:, :k],
        SORTED_BY_NUMBER: np.sort(right, axis=1),
    }
    expect.close(Answer(classes, f"the second of {answer.question}"), right, mistakes=wrong_order)
    expect.close(
        Answer(p, f"the first of {answer.question}"),
        taken(probabilities, right),
        mistakes={
            truth.OVERFLOWS: truth.not_finite,
            RENORMALISED: taken(probabilities, right) / taken(probabilities, right).sum(1, keepdims=True),
            LOGITS_KEPT: taken(z, right),
            PROBABILITIES_OVER_SAMPLES: taken(truth.softmax(z, 0), right),
            truth.LOGARITHMS: taken(truth.log_softmax(z), right),
            OWN_PROBABILITIES: lambda got: True,
        },
    )


def pair_of(answer: Answer, z: Array, k: int) -> tuple[Tensor, Tensor]:
    """Both tensors of a pair, of the shapes that they must have.

    Raises:
        CheckFailed: if it is none.
    """
    value: Any = answer.value
    n, k_all = z.shape
    expect.that(
        isinstance(value, list | tuple) and len(value) == 2 and all(isinstance(item, Tensor) for item in value),
        f"{answer.question} returned {show(value)}; expected a pair of tensors.",
        mistake="Your function returned None: `return` the pair." if value is None else PAIR,
    )
    p, classes = value
    expect.that(
        not (_whole(p) and not _whole(classes)),
        f"{answer.question} returned {show(value)}; the first tensor should hold the probabilities.",
        mistake=PAIR_TURNED,
    )
    shapes = [item.shape for item in value]
    known = {(n, k_all): ALL_CLASSES, (k, k_all): TOP_OVER_SAMPLES}
    expect.that(
        shapes == [(n, k)] * 2,
        f"{answer.question} returned tensors of shapes {shapes[0]} and {shapes[1]}; expected {(n, k)} for both.",
        mistake=known.get(shapes[1]),
    )
    expect.that(
        _whole(classes),
        f"The second of {answer.question} is a tensor of {classes.dtype}; expected integers.",
        mistake=CLASS_NUMBERS,
    )
    return p, classes


def _whole(tensor: Tensor) -> bool:
    return tensor.array.dtype.kind in "iu"


def order_of(z: Array) -> Array:
    """The columns of each row, the largest first."""
    return np.argsort(-z, axis=1)


def taken(values: Array, columns: Array) -> Array:
    """Of each row the values in these columns."""
    return np.take_along_axis(values, columns, axis=1)


def expect_smoothed(student: Student, batch: Batch, eps: float, known: Any) -> None:
    """What smoothed_loss() gives is right."""
    right = truth.smoothed(truth.log_softmax(batch.logits), batch.y, eps)
    expect.close(student.smoothed_loss(batch.sent, batch.y, eps), right, atol=ATOL, mistakes=known)


def expect_weighted(student: Student, batch: Batch, weights: Array, known: Any) -> None:
    """What weighted_loss() gives is right."""
    answer = student.weighted_loss(batch.sent, batch.y, weights.astype("float32"))
    expect.close(answer, truth.weighted_loss(batch, weights), atol=ATOL, mistakes=known)


def expect_balanced(student: Student, counts: Array) -> None:
    """What class_weights() gives for these counts is right."""
    right, frequencies = truth.balanced(counts), counts / counts.sum()
    inverse = np.where(counts > 0, 1 / np.sqrt(np.maximum(counts, 1)), 0.0)
    complement = 1 - frequencies

    def is_scaled(got: Any) -> bool:
        values = np.asarray(got.array if isinstance(got, Tensor) else got, "float64")
        return bool(difference((values / values.sum()).tolist(), right.tolist()) is None)

    def fills_absent(got: Any) -> bool:
        values = np.asarray(got.array if isinstance(got, Tensor) else got, "float64")
        return values.shape == counts.shape and bool((values[counts == 0] > 0).any())

    def drops_rare(got: Any) -> bool:
        values = np.asarray(got.array if isinstance(got, Tensor) else got, "float64")
        return values.shape == counts.shape and bool((values[counts == 1] == 0).any())

    expect.close(
        student.class_weights(counts.astype("int64")),
        right.tolist(),
        mistakes={
            ABSENT_INFINITE: lambda got: not np.isfinite(got.array if isinstance(got, Tensor) else got).all(),
            FREQUENCIES: frequencies.tolist(),
            NOT_NORMALISED: is_scaled,
            COMPLEMENTS: lambda got: (
                truth.same(got, complement.tolist()) or truth.same(got, (complement / complement.sum()).tolist())
            ),
            ROOTS: lambda got: truth.same(got, inverse.tolist()) or truth.same(got, (inverse / inverse.sum()).tolist()),
            ABSENT: fills_absent,
            RARE: drops_rare,
        },
    )


@check("probabilities() makes each row add up to 1", points=1)
def known_rows(student: Student, inputs: Inputs) -> None:
    expect_probabilities(student, batch_with([[0.5, 0.2, 0.3], [0.6, 0.3, 0.1]], [0, 0]).logits)
    for _ in range(2):
        expect_probabilities(student, truth.random_batch(inputs).logits)


@check("top_k() tells how sure the model is of its two best guesses", points=1)
def two_of_four(student: Student, inputs: Inputs) -> None:
    rows = [[0.1, 0.4, 0.2, 0.3], [0.15, 0.25, 0.55, 0.05], [0.45, 0.08, 0.12, 0.35]]
    expect_top(student, batch_with(rows, [0, 0, 0]).logits, 2)


@check("smoothed_loss() is right for a batch that you can compute by hand", points=1)
def little_smoothing(student: Student, inputs: Inputs) -> None:
    batch = batch_with([[0.5, 0.125, 0.375], [0.2, 0.7, 0.1]], [0, 2])
    for eps in (0.3, 0.6):
        expect_smoothed(student, batch, eps, truth.mistaken_smoothing(batch, eps))
    no_effect = truth.smoothed(truth.log_softmax(batch.logits), batch.y, 0.1)
    expect_smoothed(student, batch, 0.0, {truth.FIXED_EPS: no_effect})


@check("class_weights() for 10, 30 and 60 samples are 2/3, 2/9 and 1/9", points=1, explain=NO_SAMPLES)
def three_classes(student: Student, inputs: Inputs) -> None:
    expect_balanced(student, np.array([10, 30, 60]))
    expect_balanced(student, np.array([50, 50]))


@check("weighted_loss() is right for a batch that you can compute by hand", points=1)
def known_weights(student: Student, inputs: Inputs) -> None:
    batch = batch_with([[0.5, 0.125, 0.375], [0.2, 0.7, 0.1], [0.3, 0.6, 0.1]], [0, 2, 0])
    for weights in (np.array([0.5, 0.1, 1.5]), np.array([2.0, 0.5, 0.25])):
        expect_weighted(student, batch, weights, truth.mistaken_weighting(batch, weights))
