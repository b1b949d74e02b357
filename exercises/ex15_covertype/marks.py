"""What ex15's test accuracy earns, on CoverType and on a stand-in."""

from __future__ import annotations

import numpy as np

from grader import Scale, Student, standard_error

from .data import Attempt
from .pieces import Array
from .scores import Scores
from .table import CLASSES

SCALE = Scale([(0.488, 0), (0.72, 5), (0.80, 10), (0.85, 14), (0.90, 20), (0.93, 26)])
"""Accuracy on CoverType → points. 0.488 is the most frequent class, 0.714 a linear model; an MLP of the right kind
reaches 0.945 in 40 s of one processor."""
RELATIVE_SCALE = Scale([(0, 0), (0.3, 8), (0.6, 14), (0.85, 20), (0.95, 26)])
"""On a stand-in: where the accuracy lies between a linear model (0) and a plain MLP (1) on the same rows → points."""
LEAST_RECALL = 0.60
CHECKPOINT_SHARE = 0.85
"""Of the accuracy's points, for a checkpoint trained elsewhere: on which rows, nobody has seen."""


def points_of(attempt: Attempt, result: Scores) -> tuple[float, str]:
    """The accuracy's points out of 26, and a sentence that says how they come about."""
    error = standard_error(result.accuracy, len(attempt.test))
    got = f"Test accuracy {result.accuracy:.4f} on {len(attempt.test):,} rows"
    if attempt.anchors is None:
        return SCALE.points(result.accuracy + error), f"{got}; 0.93 or more earns all points."
    anchors = attempt.anchors()
    relative = anchors.relative(result.accuracy + error)
    most = anchors.linear + RELATIVE_SCALE.steps[-1][0] * (anchors.mlp - anchors.linear)
    return RELATIVE_SCALE.points(relative), (
        f"{got} of a stand-in, where a linear model has {anchors.linear:.4f} and a plain MLP {anchors.mlp:.4f}; "
        f"{most:.4f} or more earns all points."
    )


RAW_FEATURES = (
    "Your batches hold the features as they are, up to some thousands: "
    "standardise them with the training rows' mean and std."
)


def why(student: Student, predicted: Array, attempt: Attempt) -> str | None:
    """What keeps the accuracy low, where that can be told."""
    counts = np.bincount(predicted, minlength=CLASSES + 1)
    if counts.max() == len(predicted):
        most = np.bincount(attempt.test.target).max() / len(predicted)
        return f"{most:.1%} is what guessing the most frequent class earns."
    if student.findings.kept.get("raw") and _standardises_nothing(student):
        return RAW_FEATURES
    return None


def _standardises_nothing(student: Student) -> bool:
    """Whether the model has parameters alone: no statistics of its own, and no layer that normalises."""
    described = student.CoverTypeMLP.new().glance()
    names = {parameter["name"] for parameter in described["parameters"]}
    norms = any("Norm" in name for bases in described["modules"] for name in bases)
    return not norms and not described["plain_tensors"] and set(described["state"]) == names
