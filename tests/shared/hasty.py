"""Reference solutions that train in a second, for tests of what is said of a training and not of how good it is."""

from __future__ import annotations

from grader.checks.check import Check
from grader.exercises.exercise import Exercise

HASTE = {"ex15_covertype": ("LEAST_STEPS, LEAST_EPOCHS = 600, 12", "LEAST_STEPS, LEAST_EPOCHS = 20, 1")}
"""Exercise that trains → what to change in its solution, so that it does so for a second."""
SCORES = {"ex15_covertype": {"accuracy", "macro_recall"}}
"""Its checks that ask the worker nothing: they score what an earlier one was told, which no hasty training passes."""


def hasty_solution(exercise: Exercise) -> str:
    """The reference solution, quick where it trains."""
    assert exercise.solution_path is not None
    text = exercise.solution_path.read_text(encoding="utf-8")
    slow, quick = HASTE.get(exercise.id, ("", ""))
    assert slow in text
    return text.replace(slow, quick) if slow else text


def without_scores(exercise: Exercise, checks: tuple[Check, ...]) -> tuple[Check, ...]:
    """The checks that the hasty solution passes."""
    return tuple(check for check in checks if check.id not in SCORES.get(exercise.id, ()))
