"""Scores as torchmetrics computes them, and ladders of points."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.checks.scales import Ladder, scores, standard_error

LADDER = Ladder([(0.488, 0), (0.72, 5), (0.80, 10), (0.85, 14), (0.90, 20), (0.93, 26)])


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


SCORING = """
import sys
from grader.checks.scales import scores
import numpy as np
scores(np.array([0, 1]), np.array([0, 1]), 2)
print([name for name in ("torchvision", "torch._dynamo") if name in sys.modules])
from torchvision.ops import nms
"""


def test_scoring_imports_neither_torchvision_nor_the_compiler_and_leaves_both_usable() -> None:
    done = subprocess.run([sys.executable, "-c", SCORING], capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("[]\n", "")


@pytest.mark.parametrize(
    ("score", "points"),
    [(0.0, 0), (0.488, 0), (0.604, 2.5), (0.72, 5), (0.76, 7.5), (0.875, 17), (0.93, 26), (0.97, 26), (1.0, 26)],
)
def test_a_ladder_has_straight_lines_between_its_steps(score: float, points: float) -> None:
    assert LADDER.points(score) == pytest.approx(points)


@given(st.floats(0, 1), st.floats(0, 1))
def test_a_better_score_never_earns_less(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert 0 <= LADDER.points(low) <= LADDER.points(high) <= LADDER.most == 26


def test_the_standard_error_of_a_share() -> None:
    assert standard_error(0.9, 900) == pytest.approx(0.01)
    assert standard_error(1.0, 100) == 0
