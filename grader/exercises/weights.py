"""What an exercise's points rest on, derived from its checks, and how much of that must be recomputed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from grader.checks.check import Check
from grader.exercises.exercise import Exercise

RECOMPUTED: Final = 0.7
"""The share of points that computed answers alone must bear, unless the statement for instructors says why not."""
RECOMPUTED_OF_HOW: Final = 0.4
"""The share where the exercise is about how something is done."""


def points_of(checks: Sequence[Check], kind: str) -> float:
    """The points of all checks of a kind."""
    return sum(check.points for check in checks if check.kind == kind)


def share(checks: Sequence[Check]) -> float:
    """The share of the points that computed answers alone bear."""
    return points_of(checks, "R") / (sum(check.points for check in checks) or 1.0)


def complaint(exercise: Exercise, checks: Sequence[Check]) -> str:
    """Why the points rest on too little, or on less than instructors are told; "" if all is well."""
    found, path = share(checks), exercise.instructors_path
    if found < RECOMPUTED_OF_HOW:
        return f"only {found:.0%} of the points are of kind R: at least {RECOMPUTED_OF_HOW:.0%} must be"
    if found < RECOMPUTED and (path is None or not path.is_file()):
        return (
            f"{found:.0%} of the points are of kind R, less than {RECOMPUTED:.0%}: "
            f"say why in solutions/{exercise.id}/README.md, the statement for instructors"
        )
    return ""


def statement(exercise: Exercise, checks: Sequence[Check]) -> str:
    """What instructors should know of an exercise, in Markdown: what its author says, and what its points rest on."""
    path = exercise.instructors_path
    told = path.read_text(encoding="utf-8").rstrip() if path is not None and path.is_file() else f"# {exercise.title}"
    total = sum(check.points for check in checks)
    lines = [
        told,
        "",
        "## What the points rest on",
        "",
        f"- Kind R, on computed answers alone, which are recomputed here: {points_of(checks, 'R'):g} of {total:g}.",
        f"- Kind W, on something witnessed in the worker, which whoever takes it over can forge: "
        f"{points_of(checks, 'W'):g} of {total:g}.",
        f"- Kind S, on the source alone: {points_of(checks, 'S'):g} of {total:g}.",
    ]
    if share(checks) < RECOMPUTED:
        lines += ["", f"That is less than the {RECOMPUTED:.0%} of kind R that other exercises have."]
    if witnessed := [check for check in checks if check.kind == "W"]:
        lines += ["", "| check of kind W | points |", "| --- | --- |"]
        lines += [f"| {check.title} | {check.points:g} |" for check in witnessed]
    return "\n".join(lines)
