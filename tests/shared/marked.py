"""Verdicts, words and policies for tests of marks."""

from __future__ import annotations

import itertools
from typing import Any

from grader.classroom.record import ExerciseInfo
from grader.marks.policy import Policy, parse
from grader.marks.words import Word
from grader.results import CheckResult, Isolation, Report, Status, Submission

EX13 = ExerciseInfo(id="ex13_sin_gradient", title="Gradient of sin(x²y)", points=10)
EX14 = ExerciseInfo(id="ex14_dense", title="A Dense layer, twice", points=20)
EX05 = ExerciseInfo(id="ex05_inplace_errors", title="In place", points=4)
EXERCISES = (EX05, EX13, EX14)
NAMES = {name: info.id for info in EXERCISES for name in (info.id, info.label)}
_numbers = itertools.count(1)


def policy(text: str) -> Policy:
    return parse(text, NAMES)


def verdict(info: ExerciseInfo, *earned: float, our_fault: bool = False) -> Report:
    """A report whose checks, of equal points, earned so much."""
    each = info.points / len(earned)
    statuses = [Status.PASSED if got == each else Status.FAILED for got in earned]
    if our_fault:
        statuses[0] = Status.GRADER_ERROR
    checks = tuple(
        CheckResult(id=f"c{n}", title=f"Check {n}", points=each, earned=got, status=status)
        for n, (got, status) in enumerate(zip(earned, statuses, strict=True))
    )
    return Report(
        exercise=info.id, title=info.title, submission=Submission(name=f"{info.id}.py", sha256="0", size=1),
        device="cpu", isolation=Isolation(level="full"), versions={}, seed=1, checks=checks,
        earned=sum(earned), points=info.points,
    )  # fmt: skip


def word(kind: Any = "points", points: str = "1", **fields: Any) -> Word:
    number = next(_numbers)
    given = {"exercise": EX13.id, "student": "ada", "who": "Lee", "at": "2026-11-21T10:00:00+00:00", **fields}
    return Word(
        number=number,
        id=f"w{number}",
        batch=f"b{number}",
        kind=kind,
        points=points if kind == "points" else "",
        **given,
    )
