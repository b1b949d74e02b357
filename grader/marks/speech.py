"""Makes words of what a person wants to say: of one student, of a group of equal mistakes, or of everybody."""

from __future__ import annotations

from collections.abc import Iterable

from grader.errors import UsageError
from grader.marks.case import Case
from grader.marks.journal import new_id, now
from grader.marks.words import Kind, Word, comment_of, points_of
from grader.text import label


def comments(
    cases: Iterable[Case], exercise: str, check: str, text: str, who: str, *, private: bool = False
) -> list[Word]:
    """A comment on each case; a private one is a note for instructors.

    Raises:
        UsageError: if it is empty or too long, or the check is not one of the exercise's.
    """
    return _words(cases, exercise, check, who, kind="note" if private else "comment", text=comment_of(text))


def adjustments(cases: Iterable[Case], exercise: str, check: str, points: str, why: str, who: str) -> list[Word]:
    """Points for each case.

    Raises:
        UsageError: if they are no number, or the check is not one of the exercise's.
    """
    text = comment_of(why) if why.strip() else ""
    return _words(cases, exercise, check, who, kind="points", points=points_of(points), text=text)


def withdrawals(words: Iterable[Word], why: str, who: str) -> list[Word]:
    """That these words no longer count."""
    batch, at = new_id(), now()
    return [
        Word(
            id=new_id(),
            batch=batch,
            at=at,
            who=who,
            kind="withdrawal",
            student=word.student,
            exercise=word.exercise,
            check=word.check,
            text=comment_of(why) if why.strip() else "",
            withdraws=word.id,
        )
        for word in words
    ]


def _words(
    cases: Iterable[Case], exercise: str, check: str, who: str, *, kind: Kind, points: str = "", text: str = ""
) -> list[Word]:
    batch, at, found = new_id(), now(), []
    for case in cases:
        if check and not exercise:
            raise UsageError("A check belongs to an exercise: name that, too.")
        _check_exists(case, exercise, check)
        found.append(
            Word(
                id=new_id(),
                batch=batch,
                at=at,
                who=who,
                kind=kind,
                student=case.student,
                exercise=exercise,
                check=check,
                points=points,
                text=text,
                beneath=case.beneath(exercise, check) if exercise else None,
            )
        )
    if not found:
        raise UsageError("There is nobody whom this would be said of.")
    return found


def _check_exists(case: Case, exercise: str, check: str) -> None:
    if not check:
        return
    report = case.reports.get(exercise)
    if report is None:
        raise UsageError(f"{case.student} has handed in nothing for {label(exercise)}: there are no checks of it.")
    if check not in (known := [result.id for result in report.checks]):
        raise UsageError(f"{label(exercise)} has no check {check!r}. They are called {', '.join(known)}.")
