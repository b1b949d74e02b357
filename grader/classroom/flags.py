"""Why a person should look at a submission: pure, from reports alone. A flag costs nobody a point."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median
from typing import Final

from grader.classroom.alike import Alike
from grader.results import Report, Status

LONG_TIMES: Final = 5.0
"""How many times an exercise's median duration is long."""
LONG_S: Final = 5.0
"""Seconds below which nothing is long."""
_SAME, _NEARLY = "the same program as", "nearly the same program as"
LIKE_OTHERS: Final = (_SAME, _NEARLY)
"""How clauses begin that name other students."""
_NAMED: Final = 3


@dataclass(frozen=True)
class GradedWork:
    """One student's graded work for one exercise.

    together: students who have handed it in as a group.
    """

    student: str
    report: Report
    together: tuple[str, ...] = ()


def flags(entries: Iterable[GradedWork], groups: Iterable[Alike] = ()) -> dict[str, dict[str, tuple[str, ...]]]:
    """Student → exercise id → clauses such as "crashed the worker"; who has no flag is not in it.

    Args:
        entries: everybody's graded work.
        groups: whose work is alike.
    """
    alike = {(group.exercise, student): group for group in groups for student in group.students}
    by_exercise: dict[str, list[GradedWork]] = defaultdict(list)
    for entry in entries:
        by_exercise[entry.report.exercise].append(entry)
    found: dict[str, dict[str, tuple[str, ...]]] = defaultdict(dict)
    for exercise, group in by_exercise.items():
        usual = median(entry.report.duration_s for entry in group)
        for entry in group:
            same = _same(entry, alike.get((exercise, entry.student)))
            if clauses := (
                *entry.report.noticed,
                *_behaviour(entry.report),
                *_duration(entry.report, usual),
                *same,
            ):
                found[entry.student][exercise] = clauses
    return dict(found)


def _behaviour(report: Report) -> list[str]:
    statuses = [result.status for result in report.checks]
    return [
        clause
        for status, clause in ((Status.CRASHED, "crashed the worker"), (Status.TIMEOUT, "ran out of time"))
        if status in statuses
    ]


def is_long(seconds: float, usual: float) -> bool:
    """Whether grading took so much longer than usual that a person should know."""
    return seconds > max(LONG_S, LONG_TIMES * usual)


def _duration(report: Report, usual: float) -> list[str]:
    if not is_long(report.duration_s, usual):
        return []
    return [f"took {report.duration_s:.0f} s, where {usual:.1f} s is usual"]


def _same(entry: GradedWork, group: Alike | None) -> list[str]:
    apart = (entry.student, *entry.together)
    names = [student for student in group.students if student not in apart] if group else []
    if group is None or not names:
        return []
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return [f"{_SAME if group.same else _NEARLY} {', '.join(names[:_NAMED])}{more}"]
