"""Verdicts to be kept in a grade store."""

from __future__ import annotations

from collections.abc import Mapping

from conftest import work_of

from grader.classroom.intake.pupil import Pupil
from grader.classroom.record import ExerciseInfo
from grader.classroom.store import GradeStore, Handed
from grader.classroom.workforce import Graded, Task
from grader.results import CheckResult, Isolation, Report, Status, Submission

EXERCISES = {0: ExerciseInfo(id="ex01", title="One", points=2), 1: ExerciseInfo(id="ex02", title="Two", points=3)}


def report_of(exercise: str = "ex01", status: Status = Status.PASSED) -> Report:
    check = CheckResult(id="a", title="a", points=2, earned=2.0 * (status is Status.PASSED), status=status)
    return Report(
        exercise=exercise, title="One", submission=Submission(name="f.py", sha256="0", size=1), device="cpu",
        isolation=Isolation(level="full"), versions={}, seed=1, checks=(check,),
    )  # fmt: skip


def graded(handed: Handed, store: GradeStore, status: Status = Status.PASSED) -> Graded:
    task = Task(
        student=handed.student, exercise=handed.exercise, attempt=handed.attempt, seed=7, device="cpu",
        work=store.work(handed),
    )  # fmt: skip
    return Graded(task=task, report=report_of(handed.exercise, status))


def register(store: GradeStore, works: Mapping[str, Mapping[str, str]], *exercises: int) -> None:
    pupils = [
        Pupil(student, {exercise: work_of(source, f"{exercise}.py") for exercise, source in theirs.items()})
        for student, theirs in works.items()
    ]
    store.register(pupils, {place: EXERCISES[place] for place in exercises or EXERCISES}, ["x"], {"title": "T"})
