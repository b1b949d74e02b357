"""Scores of a classifier, from true and predicted classes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]


@dataclass(frozen=True)
class Scores:
    """Accuracy, mean recall of the classes, each class's recall, and how often which class was taken for which."""

    accuracy: float
    macro_recall: float
    recall: tuple[float, ...]
    confusion: tuple[tuple[int, ...], ...]


def scores(truth: Array, predicted: Array, classes: int) -> Scores:
    """Scores of predictions.

    Args:
        truth, predicted: (n,) ints in 0..classes-1.
        classes: how many there are; the mean recall is over those that occur in `truth`. One that does not occur has
            the recall 0.
    """
    pairs = truth.astype("int64") * classes + predicted
    matrix = np.bincount(pairs, minlength=classes * classes).reshape(classes, classes)
    counts, right = matrix.sum(1), matrix.diagonal()
    recall = right / np.maximum(counts, 1)
    return Scores(
        accuracy=float(right.sum() / len(truth)),
        macro_recall=float(recall[counts > 0].mean()),
        recall=tuple(float(share) for share in recall),
        confusion=tuple(tuple(int(count) for count in row) for row in matrix),
    )
