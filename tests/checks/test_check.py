"""The @check decorator."""

from __future__ import annotations

import math

import pytest

from grader.checks.check import Check, check
from grader.checks.inputs import Inputs
from grader.checks.student import Student
from grader.errors import AuthoringError


@check("f is right", points=2)
def first(student: Student, inputs: Inputs) -> None:
    """Nothing to ask."""


def test_a_check_is_named_after_its_function() -> None:
    assert first.id == "first"
    assert (first.title, first.points, first.after, first.kind) == ("f is right", 2.0, (), "R")
    assert (first.timeout, first.hidden, dict(first.explain)) == (None, False, {})
    assert isinstance(first.points, float)


def test_the_function_is_kept_as_it_is() -> None:
    called = []

    @check("t", points=1)
    def probe(student: Student, inputs: Inputs) -> None:
        called.append((student, inputs))

    probe.function("student", "inputs")  # type: ignore[arg-type]
    assert called == [("student", "inputs")]


@pytest.mark.parametrize(
    ("after", "names"),
    [(first, ("first",)), ("other", ("other",)), ([first, "other"], ("first", "other")), ((), ())],
    ids=["a check", "an id", "both", "none"],
)
def test_after_takes_checks_and_ids(after: object, names: tuple[str, ...]) -> None:
    made = check("t", points=1, after=after)(lambda student, inputs: None)  # type: ignore[arg-type]
    assert made.after == names


@pytest.mark.parametrize("points", [-1, math.nan, math.inf])
def test_points_that_make_no_sense_are_refused(points: float) -> None:
    with pytest.raises(AuthoringError, match="points"):
        check("t", points=points)


@pytest.mark.parametrize("timeout", [0, -1, math.nan, math.inf])
def test_a_timeout_that_makes_no_sense_is_refused(timeout: float) -> None:
    with pytest.raises(AuthoringError, match="timeout"):
        check("t", points=1, timeout=timeout)


def test_0_points_are_allowed() -> None:
    assert check("t", points=0)(lambda student, inputs: None).points == 0


def test_a_check_cannot_be_changed_afterwards() -> None:
    with pytest.raises(AttributeError):
        first.points = 100.0  # type: ignore[misc]


def test_explanations_are_copied() -> None:
    told = {"TypeError": "Say why."}
    made = check("t", points=1, explain=told)(lambda student, inputs: None)
    told.clear()
    assert made.explain == {"TypeError": "Say why."}
    assert isinstance(made, Check)
