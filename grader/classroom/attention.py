"""What in a class needs a person, a line a group: our own faults first, likeness last. Pure: a record in, lines out."""

from __future__ import annotations

from collections import defaultdict
from enum import StrEnum
from statistics import median

from msgspec import Struct

from grader.classroom.flags import is_long
from grader.classroom.record import ClassRecord
from grader.results import Report, Status


class Kind(StrEnum):
    """Why a person is needed, the most urgent first."""

    OURS = "ours"
    CRASHED = "crashed"
    TIMEOUT = "timeout"
    SLOW = "slow"
    UNREAD = "unread"
    NOT_LOADED = "not loaded"
    LATE = "late"
    SAME = "same"
    ALIKE = "alike"


class Concern(Struct, frozen=True, kw_only=True):
    """One line: something that the same students have in common.

    Attributes:
        kind: why.
        exercise: its id; "" for what concerns no exercise.
        students: whom it concerns, by name; empty for what could not be read as anybody's.
        details: sentences, for those who want to know.
        short: of `SAME` and `ALIKE`: nothing in these programs is their writers' own, so that chance may explain it.
    """

    kind: Kind
    exercise: str = ""
    students: tuple[str, ...] = ()
    details: tuple[str, ...] = ()
    short: bool = False


def concerns(record: ClassRecord) -> tuple[Concern, ...]:
    """Everything that needs a person, by urgency, then in the course's order, then the largest group first."""
    found: dict[tuple[Kind, str], list[str]] = defaultdict(list)
    usual = _usual(record)
    for student in record.students:
        for exercise, report in student.reports.items():
            for kind in _kinds(report, usual[exercise]):
                found[kind, exercise].append(student.name)
        for exercise in student.late:
            found[Kind.LATE, exercise].append(student.name)
        if not student.reports and student.notes:
            found[Kind.UNREAD, ""].append(student.name)
    lines = [Concern(kind=kind, exercise=exercise, students=tuple(who)) for (kind, exercise), who in found.items()]
    if record.unread:
        lines.append(Concern(kind=Kind.UNREAD, details=record.unread))
    lines += [
        Concern(
            kind=Kind.SAME if group.same else Kind.ALIKE,
            exercise=group.exercise,
            students=group.students,
            short=group.short,
        )
        for group in record.alike
    ]
    kinds, places = list(Kind), [exercise.id for exercise in record.exercises]

    def urgency(line: Concern) -> tuple[int, bool, int, int]:
        place = places.index(line.exercise) if line.exercise in places else -1
        return kinds.index(line.kind), line.short, place, -len(line.students)

    return tuple(sorted(lines, key=urgency))


def _kinds(report: Report, usual: float) -> list[Kind]:
    statuses = {result.status for result in report.checks}
    found = [
        (Kind.OURS, report.our_fault),
        (Kind.CRASHED, Status.CRASHED in statuses),
        (Kind.TIMEOUT, Status.TIMEOUT in statuses),
        (Kind.SLOW, Status.TIMEOUT not in statuses and is_long(report.duration_s, usual)),
        (Kind.NOT_LOADED, report.problem is not None),
    ]
    return [kind for kind, holds in found if holds]


def _usual(record: ClassRecord) -> dict[str, float]:
    seconds: dict[str, list[float]] = defaultdict(list)
    for student in record.students:
        for exercise, report in student.reports.items():
            seconds[exercise].append(report.duration_s)
    return {exercise: median(found) for exercise, found in seconds.items()}
