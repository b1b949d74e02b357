"""One verdict of a class reached once more: only to compare, or to stand from now on."""

from __future__ import annotations

from contextlib import ExitStack, closing
from pathlib import Path
from typing import Final

from grader.classroom import plan, workforce
from grader.classroom.store import GradeStore, KeptVerdict
from grader.classroom.workforce import Terms
from grader.errors import UsageError
from grader.exercises.exercise import Exercise
from grader.grading.examiner import Examiner
from grader.results import Report

_DIGITS: Final = 18
"""A seed has at most 16; SQLite takes no more than 18 of any number."""


def verdict_on(store: GradeStore, student: str, exercise: str) -> KeptVerdict:
    """The verdict on a student's work for the exercise of that id.

    Raises:
        UsageError: if there is none.
    """
    plan.chosen_students(store, [student])
    for verdict in store.verdicts(student):
        if verdict.handed.exercise == exercise:
            return verdict
    raise UsageError(f"The class has no verdict on {student!r} and {exercise}: nothing to grade again.")


def verdict_numbered(store: GradeStore, number: str) -> KeptVerdict:
    """The verdict whose number a student's page names: the seed, which no two works of a class share.

    Raises:
        UsageError: if there is none.
    """
    wanted = "".join(number.split())
    if wanted.isdecimal() and len(wanted) <= _DIGITS:
        for verdict in store.verdicts(seed=int(wanted)):
            return verdict
    raise UsageError(
        f"No verdict that counts has the number {number!r}. A student's page names it below each exercise."
    )


def check_secret(store: GradeStore, secret: bytes) -> None:
    """Make sure that the class was graded with this secret.

    Raises:
        UsageError: if it was another.
    """
    if store.meta("secret") != plan.secret_id(secret):
        raise UsageError(
            "The class was graded with another secret, so its hidden inputs cannot be asked again. "
            "Set GRADE_SECRET to that one, or bring solutions/.seed_secret along."
        )


def replayed(
    store: GradeStore, verdict: KeptVerdict, exercise: Exercise, secret: bytes, *, device: str, isolation: str
) -> Report:
    """What the same questions to the same bytes come to now. Nothing is kept.

    Raises:
        UsageError: if the class was graded with another secret, or the device or level is not there.
    """
    check_secret(store, secret)
    work = store.work(verdict.handed)
    examiner = Examiner([exercise], secret=secret, device=device, seed=verdict.seed)
    with closing(examiner.open_sandbox(isolation)) as sandbox:
        examiner.load()
        sandbox.settle()
        return examiner.grade(exercise, work, sandbox, device=examiner.device_for(exercise, sandbox))


def regraded(results: Path, student: str, exercise: Exercise, secret: bytes, terms: Terms) -> tuple[Report, Report]:
    """Grade one student's work again, as `grade class` would: the verdict before, and the one that stands now.

    Raises:
        UsageError: if there is no verdict, the secret is another, or `grade class` is writing there.
    """
    with ExitStack() as stack:
        store = stack.enter_context(closing(GradeStore(results)))
        before = verdict_on(store, student, exercise.id)
        check_secret(store, secret)
        examiner = Examiner([exercise], secret=secret, device=terms.device)
        sandbox = stack.enter_context(closing(examiner.open_sandbox(terms.isolation, submissions=1)))
        force = stack.enter_context(closing(workforce.threads(examiner.load(), sandbox, terms)))
        planned = plan.plan([before.handed], {exercise.id: exercise}, force, terms.device, secret)
        for graded in workforce.grade_all(plan.queues(planned, store), force, examiner):
            store.record(graded, planned[0].key)
            return before.report, graded.report
    raise UsageError("Nothing was graded.")
