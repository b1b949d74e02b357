"""Scores as torchmetrics, which students use, computes them; without importing it, or torch."""

from __future__ import annotations

import subprocess
import sys

import ex15
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from places import ROOT

scores = ex15.module("scores").scores


def test_scores_agree_with_counting_by_hand() -> None:
    truth = np.array([0, 0, 0, 1, 1, 2])
    guess = np.array([0, 0, 1, 1, 0, 2])
    found = scores(truth, guess, 4)
    assert found.accuracy == pytest.approx(4 / 6)
    assert found.recall == pytest.approx((2 / 3, 1 / 2, 1, 0))
    assert found.macro_recall == pytest.approx((2 / 3 + 1 / 2 + 1) / 3), "a class that does not occur does not count"
    assert found.confusion == ((2, 1, 0, 0), (1, 1, 0, 0), (0, 0, 1, 0), (0, 0, 0, 0))


def test_guessing_the_commonest_class_has_its_share_and_a_seventh() -> None:
    truth = np.repeat(np.arange(7), [36, 49, 6, 1, 2, 3, 3])
    found = scores(truth, np.full(100, 1), 7)
    assert found.accuracy == pytest.approx(0.49)
    assert found.macro_recall == pytest.approx(1 / 7)


@pytest.mark.slow
@settings(deadline=None)
@given(st.integers(2, 7), st.data())
def test_scores_are_those_of_torchmetrics(classes: int, data: st.DataObject) -> None:
    import torch
    from torchmetrics.functional import classification

    labels = st.integers(0, classes - 1)
    truth, guess = np.array(data.draw(st.lists(st.tuples(labels, labels), min_size=1, max_size=60))).T
    found = scores(truth, guess, classes)
    true, guessed = torch.from_numpy(truth), torch.from_numpy(guess)
    matrix = classification.multiclass_confusion_matrix(guessed, true, classes)
    recall = classification.multiclass_recall(guessed, true, classes, average="none")
    accuracy = classification.multiclass_accuracy(guessed, true, classes, average="micro")
    assert found.confusion == tuple(map(tuple, matrix.tolist()))
    assert found.recall == pytest.approx(recall.tolist())
    assert found.accuracy == pytest.approx(accuracy.item())
    assert found.macro_recall == pytest.approx(recall[matrix.sum(1) > 0].mean().item())


SCORING = """
import sys
import numpy as np
from grader.exercises.course import find_course
exercise = find_course().find("ex15")
exercise.load_checks(hidden=True)
exercise.module("scores").scores(np.array([0, 1]), np.array([0, 1]), 2)
print([name for name in ("torch", "torchmetrics", "sklearn") if name in sys.modules])
"""


def test_neither_the_checks_nor_scoring_import_torch() -> None:
    done = subprocess.run([sys.executable, "-c", SCORING], capture_output=True, text=True, check=False, cwd=ROOT)
    assert (done.stdout, done.stderr) == ("[]\n", "")


honesty = ex15.module("honesty")


@pytest.mark.parametrize(
    ("claims", "real", "last"),
    [
        ((0.80, 0.82, 0.81), 0.81, True),
        ((0.80, 0.82, 0.81), 0.82, False),
        ((0.80, 0.82, 0.81), 0.8150, False),
        ((0.80, 0.81, 0.82), 0.82, False),
        ((0.80, 0.81025, 0.81), 0.81, False),
        ((0.80, 0.8115, 0.81), 0.81, True),
    ],
    ids=["the last", "the best", "neither", "the last is the best", "one row better", "six rows better"],
)
def test_the_last_epochs_weights_are_told_from_the_best_ones(
    claims: tuple[float, ...], real: float, last: bool
) -> None:
    assert honesty.are_the_last(claims, real, 4_000) is last


def test_of_few_rows_the_same_accuracy_tells_nothing() -> None:
    assert not honesty.are_the_last((0.80, 0.82, 0.81), 0.81, 800)
