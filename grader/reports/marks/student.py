"""What a student is told of the mark: how it came about, what persons wrote, and the number to question it by."""

from __future__ import annotations

from msgspec import Struct
from msgspec.structs import replace

from grader.marks.case import Case, mark
from grader.marks.ledger import Ledger
from grader.marks.mark import Mark, Step, number
from grader.reports.marks.explain import headline
from grader.reports.reveal import Reveal
from grader.results import Report

UNNAMED = "a hidden check"


class Remark(Struct, frozen=True, kw_only=True):
    """A comment for the student. `about`: a check's title, "" if it is about the whole exercise."""

    who: str
    at: str
    about: str
    text: str


class MarkedExercise(Struct, frozen=True, kw_only=True):
    """One exercise: `points` after everything, None while it is open; `number`: what questions name, 0 without work."""

    id: str
    title: str
    points: float | None
    possible: float
    number: int
    steps: tuple[tuple[str, str], ...]
    remarks: tuple[Remark, ...]


class Marked(Struct, frozen=True, kw_only=True):
    """A student's mark. `headline` is it in a few words; `steps`: amounts and what they are for."""

    headline: str
    mark: float | None
    out_of: float
    grade: str
    steps: tuple[tuple[str, str], ...]
    exercises: tuple[MarkedExercise, ...]
    remarks: tuple[Remark, ...]


def marked(ledger: Ledger, student: str, reveal: Reveal) -> Marked | None:
    """What a student is told, or None where nobody has written a policy or said a word: points say it all then.

    Args:
        ledger: the class's.
        student: the name.
        reveal: how much the student sees of hidden checks; with `none` not even their titles.
    """
    case = ledger.cases.get(student)
    if case is None or not ledger.spoken:
        return None
    shown = replace(case, reports={id_: _untitled(report, reveal) for id_, report in case.reports.items()})
    found = mark(ledger.policy, ledger.exercises, shown)
    return Marked(
        headline=headline(found),
        mark=None if found.value is None else float(found.value),
        out_of=float(found.out_of),
        grade=found.grade,
        steps=tuple(map(told, found.steps)),
        exercises=_exercises(shown, found),
        remarks=_remarks(shown, ""),
    )


def told(step: Step) -> tuple[str, str]:
    """The amount of a step, "" where it has none, and its sentence."""
    if step.adds is None:
        return "", step.text
    return f"{'+' if step.adds > 0 else ''}{number(step.adds)}", step.text


def titles(case: Case, reveal: Reveal) -> dict[tuple[str, str], str]:
    """(exercise, check) → the check's title, of those whose title the student may read."""
    return {
        (id_, result.id): result.title
        for id_, report in case.reports.items()
        for result in report.checks
        if not result.hidden or reveal is not Reveal.NONE
    }


def _untitled(report: Report, reveal: Reveal) -> Report:
    if reveal is not Reveal.NONE:
        return report
    checks = tuple(replace(result, title=UNNAMED) if result.hidden else result for result in report.checks)
    return replace(report, checks=checks)


def _exercises(case: Case, found: Mark) -> tuple[MarkedExercise, ...]:
    return tuple(
        MarkedExercise(
            id=worth.exercise.id,
            title=worth.exercise.title,
            points=None if worth.points is None else float(worth.points),
            possible=float(worth.possible),
            number=case.reports[worth.exercise.id].seed if worth.exercise.id in case.reports else 0,
            steps=tuple(map(told, worth.steps)),
            remarks=_remarks(case, worth.exercise.id),
        )
        for worth in found.worths
    )


def _remarks(case: Case, exercise: str) -> tuple[Remark, ...]:
    report = case.reports.get(exercise)
    named = {result.id: result.title for result in report.checks} if report is not None else {}
    return tuple(
        Remark(who=word.who, at=word.at[:10], about=named.get(word.check, "") if word.check else "", text=word.text)
        for word in case.standing
        if word.kind == "comment" and word.exercise == exercise
    )
