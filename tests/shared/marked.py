"""Verdicts, words and policies for tests of marks."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from msgspec.structs import replace

from grader.classroom.intake.pupil import Pupil
from grader.classroom.moments import Moment
from grader.classroom.plan import secret_id
from grader.classroom.record import ClassRecord, ExerciseInfo
from grader.classroom.store import GradeStore
from grader.classroom.workforce import Graded, Task
from grader.marks.case import Case, mark
from grader.marks.ledger import Ledger
from grader.marks.policy import NONE, Policy, parse
from grader.marks.words import Word
from grader.results import CheckResult, Isolation, Report, Status, Submission
from grader.submissions.work import Work, of_bytes

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


def grade(store: GradeStore, student: str, exercise: str, report: Report) -> None:
    """Record a verdict on what counts."""
    (handed,) = [h for h in store.handed_in() if (h.student, h.exercise) == (student, exercise)]
    task = Task(
        student=student, exercise=exercise, attempt=handed.attempt, seed=7, device="cpu", work=store.work(handed)
    )
    store.record(Graded(task=task, report=replace(report, seed=7 + handed.attempt)), "key")


def class_of(folder: Path, *names: str, code: str = "", title: str = "T", lost: Report | None = None) -> Path:
    """A results folder: students with ex13, 5 and 2 of its 10 points or as `lost`, and ex14, all points."""
    moment = Moment(at="2026-11-20T10:00:00+00:00", source="a platform")

    def works(name: str) -> dict[str, Work]:
        source = f"name = {name!r}\na = 1\n{code}".encode()
        return {info.id: of_bytes(f"{info.id}.py", source) for info in (EX13, EX14)}

    with closing(GradeStore(folder)) as store:
        pupils = [Pupil(name, works(name)) for name in names]
        store.register(pupils, {0: EX13, 1: EX14}, [], {"title": title, "secret": secret_id(b"s")})
        store.note_moments({(names[0], EX13.id): moment}, [EX13.id, EX14.id])
        for name in names:
            grade(store, name, EX13.id, lost or verdict(EX13, 5, 2))
            grade(store, name, EX14.id, verdict(EX14, 10, 10))
    return folder


def ledger_of_words(
    text: str, record: ClassRecord, words: Sequence[Word] = (), moments: Mapping[tuple[str, str], Moment] | None = None
) -> Ledger:
    """The marks of a class by a policy, "" for none, with what was said and when work came."""
    rules = policy(text) if text else NONE
    cases = {
        student.name: Case(
            student=student.name,
            reports=student.reports,
            moments={exercise: at for (name, exercise), at in (moments or {}).items() if name == student.name},
            words=tuple(word for word in words if word.student == student.name),
        )
        for student in record.students
    }
    return Ledger(
        cases=cases,
        marks={name: mark(rules, record.exercises, case) for name, case in cases.items()},
        words=tuple(words),
        policy=rules,
        exercises=record.exercises,
        spoken=True,
    )
