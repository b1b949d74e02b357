"""What work is worth in a platform's columns: the verdicts' points, or what a policy and people made of them. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from msgspec import Struct

from grader.classroom.record import ClassRecord, StudentRecord
from grader.marks.ledger import Ledger
from grader.marks.mark import Mark, exact
from grader.marks.policy import NONE
from grader.reports.classroom.gradebook import number

_PLACES = 4


class InColumns(Struct, frozen=True):
    """A student's cells; None is a blank one, which platforms pass over.

    Attributes:
        exercises: points of each exercise, never more than the exercise has.
        total: the sum of them, or the mark.
        most: what `total` is out of.
    """

    exercises: tuple[float | None, ...]
    total: float | None
    most: float


def worth(record: ClassRecord, student: StudentRecord, ledger: Ledger) -> InColumns:
    """One student's, by the mark where there is one."""
    mark = ledger.marks.get(student.name)
    if ledger.spoken and mark is not None:
        spoken_of = {word.exercise for word in ledger.cases[student.name].standing if word.kind == "points"}
        given = bool(student.reports or spoken_of)
        total = None if mark.value is None or not given else _plain(mark.value)
        return InColumns(tuple(_of_mark(mark, spoken_of)), total, _plain(mark.out_of))
    whole = None if student.our_fault or not student.reports else number(student.earned)
    return InColumns(tuple(_of_verdicts(record, student)), whole, number(record.points_of(student)))


def out_of(record: ClassRecord, ledger: Ledger) -> float:
    """What the whole is out of, for everybody who could be asked everything: the policy's, or all points."""
    most = max((mark.out_of for mark in ledger.marks.values()), default=None)
    return number(record.points) if most is None else _plain(most)


def no_sum(ledger: Ledger) -> bool:
    """Whether a mark may be something else than the sum of the exercises' points."""
    about_the_whole = any(
        word.kind == "points" and not word.exercise for case in ledger.cases.values() for word in case.standing
    )
    return ledger.spoken and (ledger.policy != NONE or about_the_whole)


def _of_mark(mark: Mark, spoken_of: set[str]) -> Iterator[float | None]:
    for one in mark.worths:
        if one.points is None or not one.possible or not (one.handed_in or one.exercise.id in spoken_of):
            yield None
        else:  # of the points that the column has, though less may have been asked on that machine
            yield _plain(one.share * exact(one.exercise.points))


def _of_verdicts(record: ClassRecord, student: StudentRecord) -> Iterator[float | None]:
    for exercise in record.exercises:
        report = student.reports.get(exercise.id)
        yield None if report is None or report.our_fault else number(report.earned)


def _plain(value: Fraction) -> float:
    return number(float(round(value, _PLACES)))
