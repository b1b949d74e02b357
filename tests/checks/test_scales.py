"""Scales of points, and how surely a share is known."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.checks.scales import Scale, standard_error

SCALE = Scale([(0.488, 0), (0.72, 5), (0.80, 10), (0.85, 14), (0.90, 20), (0.93, 26)])


@pytest.mark.parametrize(
    ("score", "points"),
    [(0.0, 0), (0.488, 0), (0.604, 2.5), (0.72, 5), (0.76, 7.5), (0.875, 17), (0.93, 26), (0.97, 26), (1.0, 26)],
)
def test_a_scale_has_straight_lines_between_its_steps(score: float, points: float) -> None:
    assert SCALE.points(score) == pytest.approx(points)


@given(st.floats(0, 1), st.floats(0, 1))
def test_a_better_score_never_earns_less(one: float, other: float) -> None:
    low, high = sorted((one, other))
    assert 0 <= SCALE.points(low) <= SCALE.points(high) <= SCALE.most == 26


def test_the_standard_error_of_a_share() -> None:
    assert standard_error(0.9, 900) == pytest.approx(0.01)
    assert standard_error(1.0, 100) == 0
