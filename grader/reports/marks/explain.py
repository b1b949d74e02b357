"""The way from a student's checks to the mark, line by line, in plain text."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from grader.marks.case import Case
from grader.marks.mark import Mark, Step, Worth, number
from grader.reports.words import points, title_of, verdict
from grader.text import clean, one_line

_WIDTH = 8


def render(case: Case, mark: Mark) -> str:
    """Every exercise with its checks and steps, then the steps to the mark."""
    return "\n".join(_lines(case, mark))


def headline(mark: Mark) -> str:
    """The mark in a few words: "27.5 of 34, B"."""
    if mark.value is None:
        return "open: something of ours failed, and the work has to be graded again"
    grade = f", {one_line(mark.grade)}" if mark.grade else ""
    return f"{number(mark.value)} of {number(mark.out_of)}{grade}"


def _lines(case: Case, mark: Mark) -> Iterator[str]:
    yield one_line(case.student)
    for worth in mark.worths:
        yield ""
        yield f"{worth.exercise.label}  {worth.exercise.title}"
        yield from _of_exercise(case, worth)
    yield ""
    yield "The mark"
    for step in mark.steps:
        yield _line(step)
    yield f"{_amount(mark.value)}  {headline(mark)}"


def _of_exercise(case: Case, worth: Worth) -> Iterator[str]:
    report = case.reports.get(worth.exercise.id)
    for result in report.checks if report is not None else ():
        yield f"{'':{_WIDTH}}  {points(result.earned, result.points)} {title_of(result)}: {verdict(result)}"
    for step in worth.steps:
        yield _line(step)
    yield f"{_amount(worth.points)}  = {'open' if worth.points is None else f'of {number(worth.possible)}'}"
    if changed := case.changed(worth.exercise.id):
        yield f"{'!':>{_WIDTH}}  {clean(changed)}"
    for word in case.standing:
        if word.kind in ("comment", "note") and word.exercise == worth.exercise.id:
            said = clean(word.text).replace("\n", f"\n{'':{_WIDTH}}  ")
            to = " (for instructors)" if word.kind == "note" else ""
            yield f"{'':{_WIDTH}}  {one_line(word.who)}, {word.at[:10]}{to}: {said}"


def _line(step: Step) -> str:
    return f"{_amount(step.adds, signed=True)}  {clean(step.text)}"


def _amount(value: Fraction | None, *, signed: bool = False) -> str:
    if value is None:
        return " " * _WIDTH
    plus = "+" if signed and value > 0 else ""
    return f"{plus}{number(value)}".rjust(_WIDTH)
