"""What the metrics of lab08 are, and what its mistakes would give; NumPy, in float64."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from itertools import combinations
from typing import Any

import numpy as np

from grader import Inputs

Array = np.ndarray[Any, Any]
Batch = tuple[Array, Array]
"""Predictions and targets."""
Metric = Callable[[Array, Array], float]

RTOL = 1e-3
TELLING = 0.01
"""By which part the right number and each mistake's differ at least, and those from each other."""
CLASSES = 4

ROOTS_AVERAGED = "Roots do not average: keep the sum of the squares and their number, and take one root in compute()."
MEANS_AVERAGED = "The batches' means are averaged, whatever their sizes: add up squares and samples instead."
NO_ROOT = "That is the mean squared error: compute() takes its root."
ABSOLUTE = "That is the mean absolute error: square the errors before you add them up."
ROOT_OF_SUM = "That is the root of the sum of squares: divide by the number of samples first."
ROOTS_ADDED = "The roots of the batches are added up: add up the squares, and take one root in compute()."
BY_BATCHES = "The sum is divided by the number of batches: count samples."
LAST = "That is the last batch alone: update() adds to what is there already."
FIRST = "That is the first batch alone: every update() counts."

SHARES_AVERAGED = "The batches' accuracies are averaged, whatever their sizes: count right ones and samples instead."
MACRO = "That is the mean of the classes' shares (macro): every sample counts the same here (micro)."
COUNTED = "That is the number of right ones: divide it by the number of samples."
ERRORS = "That is the share of wrong ones."
PERCENT = "That is in percent: a share is between 0 and 1."

SHARED = "Two metrics know of each other's samples: what a metric keeps belongs on self, made anew for each."


def rmse(y_pred: Array, y: Array) -> float:
    """The root mean squared error."""
    return float(((y_pred.astype("float64") - y.astype("float64")) ** 2).mean() ** 0.5)


def classes_of(y_pred: Array) -> Array:
    """Classes, of logits (n, K) or of what are classes already."""
    return y_pred.argmax(1) if y_pred.ndim == 2 else y_pred


def accuracy(y_pred: Array, y: Array) -> float:
    """The share of samples that are classified rightly."""
    return float((classes_of(y_pred) == y).mean())


def recall(y_pred: Array, y: Array) -> float:
    """The mean over the classes in y of the share of each that is found."""
    right = classes_of(y_pred) == y
    return float(np.mean([right[y == c].mean() for c in np.unique(y)]))


def worst(y_pred: Array, y: Array) -> float:
    """The largest pinball loss: 0.8 of what is missing, 0.2 of what is too much. probes.py has the same."""
    missing = y.astype("float64") - y_pred
    return float(np.maximum(0.8 * missing, -0.2 * missing).max())


def over(metric: Metric, batches: Sequence[Batch]) -> float:
    """A metric of all samples of some batches."""
    y_pred, y = (np.concatenate(parts) for parts in zip(*batches, strict=True))
    return metric(y_pred, y)


def mistaken_rmse(batches: Sequence[Batch]) -> dict[str, float]:
    """Sentence → the number that this mistake gives."""
    roots = np.array([rmse(*batch) for batch in batches])
    errors = np.concatenate([y_pred.astype("float64") - y for y_pred, y in batches])
    squares = float((errors**2).sum())
    return {
        ROOTS_AVERAGED: float(roots.mean()),
        MEANS_AVERAGED: float((roots**2).mean() ** 0.5),
        NO_ROOT: squares / len(errors),
        ABSOLUTE: float(np.abs(errors).mean()),
        ROOT_OF_SUM: squares**0.5,
        ROOTS_ADDED: float(roots.sum()),
        BY_BATCHES: (squares / len(batches)) ** 0.5,
        LAST: float(roots[-1]),
        FIRST: float(roots[0]),
    }


def mistaken_accuracy(batches: Sequence[Batch]) -> dict[str, float]:
    """Sentence → the number that this mistake gives."""
    each = np.array([accuracy(*batch) for batch in batches])
    right = over(accuracy, batches)
    count = right * sum(len(y) for _, y in batches)
    return {
        SHARES_AVERAGED: float(each.mean()),
        MACRO: over(recall, batches),
        COUNTED: count,
        ERRORS: 1 - right,
        PERCENT: 100 * right,
        BY_BATCHES: count / len(batches),
        LAST: float(each[-1]),
        FIRST: float(each[0]),
    }


def regression(inputs: Inputs, sizes: Sequence[int], *, column: bool = True) -> list[Batch]:
    """Batches of these sizes, (n, 1) or (n,), whose errors grow from batch to batch."""
    batches = []
    for place, size in enumerate(sizes):
        y = inputs.normal(size, 1)
        y_pred = y + ((1 + place) * (0.4 + inputs.normal(size, 1))).astype("float32")
        batches.append((y_pred, y) if column else (y_pred[:, 0], y[:, 0]))
    return batches


def classification(inputs: Inputs, sizes: Sequence[int], *, logits: bool = True) -> list[Batch]:
    """Batches of these sizes: logits (n, CLASSES), or classes (n,), and true classes (n,); the last has more errors.

    Every class is there, as many as they may be: of one that is not, libraries think in different ways.
    """
    while True:
        targets = [np.array([inputs.integer(0, CLASSES - 1) for _ in range(size)], "int64") for size in sizes]
        if len(np.unique(np.concatenate(targets))) == min(CLASSES, sum(sizes)):
            break
    batches = []
    for place, (size, y) in enumerate(zip(sizes, targets, strict=True)):
        wrong = inputs.uniform(size) < (0.75 if place == len(sizes) - 1 else 0.25)
        # Class 3 is never found, so that the mean over classes is another number.
        guess = np.where(wrong | (y == CLASSES - 1), (y + 1) % CLASSES, y).astype("int64")
        z = inputs.uniform(size, CLASSES)
        z[np.arange(size), guess] += 1.1
        batches.append((z, y) if logits else (guess, y))
    return batches


def telling(draw: Callable[[], Any], values: Callable[[Any], Sequence[float]]) -> Any:
    """Draw until the numbers, of which the first is the right one, are all told apart."""
    while True:
        drawn = draw()
        pairs = combinations(values(drawn), 2)
        if all(abs(a - b) > TELLING * max(abs(a), abs(b)) for a, b in pairs):
            return drawn


KINDS: Mapping[str, tuple[Any, Metric, Callable[[Sequence[Batch]], dict[str, float]]]] = {
    "StreamingRMSE": (regression, rmse, mistaken_rmse),
    "StreamingAccuracy": (classification, accuracy, mistaken_accuracy),
}
"""A student's class → how to draw batches for it, what it computes, and its mistakes."""


def telling_batches(
    inputs: Inputs, kind: str, sizes: Sequence[int], earlier: Sequence[Batch] = (), **form: bool
) -> tuple[list[Batch], dict[str, float]]:
    """Batches for a class, and its mistakes on them, told apart; one is to count other metrics' batches as well."""
    draw, metric, mistaken = KINDS[kind]

    def known(batches: list[Batch]) -> dict[str, float]:
        return mistaken(batches) | ({SHARED: over(metric, [*earlier, *batches])} if earlier else {})

    batches = telling(
        lambda: draw(inputs, sizes, **form), lambda batches: [over(metric, batches), *known(batches).values()]
    )
    return batches, known(batches)
