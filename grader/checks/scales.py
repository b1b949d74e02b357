"""Scores of a classifier, from true and predicted classes, and scales that turn them into points."""

from __future__ import annotations

import bisect
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from grader.checks import torch_here

if TYPE_CHECKING:
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
        classes: how many there are; the mean recall is over those that occur in `truth`.
    """
    torch_here.load()
    import torch
    from torchmetrics.functional import classification

    true, guess = (torch.from_numpy(labels.astype("int64")) for labels in (truth, predicted))
    matrix = classification.multiclass_confusion_matrix(guess, true, classes)
    recall = classification.multiclass_recall(guess, true, classes, average="none")
    there = matrix.sum(1) > 0
    return Scores(
        accuracy=float(classification.multiclass_accuracy(guess, true, classes, average="micro")),
        macro_recall=float(recall[there].mean()),
        recall=tuple(float(share) for share in recall),
        confusion=tuple(tuple(int(count) for count in row) for row in matrix),
    )


def standard_error(share: float, count: int) -> float:
    """Of a share that was measured on so many rows: sqrt(p (1 - p) / n)."""
    return math.sqrt(max(0.0, share * (1 - share)) / count)


@dataclass(frozen=True)
class Ladder:
    """Points for a score: straight lines between steps (score, points), which rise in both."""

    steps: Sequence[tuple[float, float]]

    @property
    def most(self) -> float:
        """The points of the highest step."""
        return self.steps[-1][1]

    def points(self, score: float) -> float:
        """Points for a score: the lowest step's below it, the highest one's above."""
        index = bisect.bisect_right([step for step, _ in self.steps], score)
        if index == 0:
            return self.steps[0][1]
        if index == len(self.steps):
            return self.most
        (low, few), (high, many) = self.steps[index - 1], self.steps[index]
        return few + (many - few) * (score - low) / (high - low)
