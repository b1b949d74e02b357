"""Reports as Classroom 50's result.json; its contract: "Autograders" of https://github.com/foundation50/classroom50.

Scores are whole numbers there. Points that are not are multiplied, by the same number for everybody; what is left of a
point is rounded down. Fields beyond the contract are kept, so that a mistake's name travels with its test.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, Final

from grader.classroom.record import ExerciseInfo
from grader.errors import UsageError
from grader.reports.as_json import document
from grader.reports.conceal import conceal
from grader.reports.reveal import Reveal
from grader.reports.words import points, reasons, title_of, verdict
from grader.results import CheckResult, Report, Status
from grader.text import one_line

SCHEMA: Final = "classroom50/result/v1"
_PLACES: Final = {
    "classroom": "CLASSROOM",
    "assignment": "ASSIGNMENT",
    "submission": "SUBMISSION_TAG",
    "commit": "COMMIT_URL",
    "release": "RELEASE_URL",
    "review": "REVIEW_URL",
}
"""Field → the variable of the environment in which Classroom 50 says it."""
_SCALES: Final = (1, 2, 4, 5, 10, 20, 100)
_NAME_CAP: Final = 100
"""Bytes of a test's name."""


def render(
    reports: Sequence[Report],
    reveal: Reveal,
    environment: Mapping[str, str],
    missing: Sequence[ExerciseInfo] = (),
) -> str:
    """All reports of one student as one result.json.

    Args:
        reports: complete, without a fault of ours.
        reveal: what the student may see of hidden checks.
        environment: where Classroom 50 says whose submission this is; what it does not say is "".
        missing: exercises that were asked for and not handed in; each is a test that earns nothing.

    Raises:
        UsageError: if something of ours failed: a part of a mark is no mark.
    """
    if any(report.our_fault for report in reports):
        raise UsageError("A check could not be asked, through a fault of ours: grade it again, then write result.json.")
    shown = [conceal(report, reveal) for report in reports]
    asked = [(report, result) for report in shown for result in report.checks if _counts(result)]
    scale = _scale([*(result.points for _, result in asked), *(exercise.points for exercise in missing)])
    tests = [*_tests(asked, scale), *(_missing(exercise, scale) for exercise in missing)]
    places = {field: environment.get(name, "") for field, name in _PLACES.items()}
    places["review"] = places["review"] or places["commit"]
    result = {
        "schema": SCHEMA,
        **places,
        "usernames": [environment["USERNAME"]] if environment.get("USERNAME") else [],
        "datetime": f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}",
        "score": sum(test["score"] for test in tests),
        "max-score": sum(test["max-score"] for test in tests),
        "tests": tests,
    }
    return document(result)


def _counts(result: CheckResult) -> bool:
    return result.status is not Status.NOT_GRADABLE


def _scale(all_points: Sequence[float]) -> int:
    """By what points become whole; it follows from what can be earned alone, so that all students have the same."""
    return next((n for n in _SCALES if all(math.isclose(n * p, round(n * p)) for p in all_points)), _SCALES[-1])


def _tests(asked: Sequence[tuple[Report, CheckResult]], scale: int) -> Iterator[dict[str, Any]]:
    taken: set[str] = set()
    for report, result in asked:
        test = {
            "test-name": _name(f"{report.label}: {one_line(title_of(result))}", taken),
            "passed": result.status is Status.PASSED,
            "score": math.floor(scale * result.earned + 1e-9),
            "max-score": round(scale * result.points),
            "points": points(result.earned, result.points),
            "verdict": verdict(result),
        }
        if result.mistake:
            test["mistake"] = one_line(result.mistake)
        if said := [one_line(text) for text in reasons(result) if text != result.mistake]:
            test["said"] = " ".join(said)
        yield test


def _missing(exercise: ExerciseInfo, scale: int) -> dict[str, Any]:
    return {
        "test-name": f"{exercise.label}: handed in",
        "passed": False,
        "score": 0,
        "max-score": round(scale * exercise.points),
        "points": points(0, exercise.points),
        "verdict": f"not handed in: no file is one for {exercise.id}",
    }


def _name(text: str, taken: set[str]) -> str:
    """A name of at most `_NAME_CAP` bytes that no other test has."""
    name, number = _cut(text, ""), 1
    while name in taken:
        number += 1
        name = _cut(text, f" ({number})")
    taken.add(name)
    return name


def _cut(text: str, ending: str) -> str:
    room = _NAME_CAP - len(ending.encode())
    return text.encode("utf-8", "replace")[:room].decode("utf-8", "ignore") + ending
