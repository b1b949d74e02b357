"""Why a person should look at a submission: pure, from reports alone. A flag costs nobody a point."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

from grader.results import Report, Status

LONG_TIMES: Final = 5.0
"""How many times an exercise's median duration is long."""
LONG_S: Final = 5.0
"""Seconds below which nothing is long."""
_NAMED: Final = 3


@dataclass(frozen=True)
class GradedWork:
    """One student's graded work for one exercise.

    likeness: equal for works that are the same program; "" if nobody is to be compared with it.
    together: students who have handed it in as a group.
    """

    student: str
    report: Report
    likeness: str = ""
    together: tuple[str, ...] = ()


def flags(entries: Iterable[GradedWork]) -> dict[str, dict[str, tuple[str, ...]]]:
    """Student → exercise id → clauses such as "crashed the worker"; who has no flag is not in it."""
    by_exercise: dict[str, list[GradedWork]] = defaultdict(list)
    for entry in entries:
        by_exercise[entry.report.exercise].append(entry)
    found: dict[str, dict[str, tuple[str, ...]]] = defaultdict(dict)
    for exercise, group in by_exercise.items():
        usual = median(entry.report.duration_s for entry in group)
        alike: dict[str, list[GradedWork]] = defaultdict(list)
        for entry in group:
            alike[entry.likeness].append(entry)
        for entry in group:
            others = alike[entry.likeness] if entry.likeness else []
            if clauses := (
                *entry.report.noticed,
                *_behaviour(entry.report),
                *_duration(entry.report, usual),
                *_same(entry, others),
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


def _duration(report: Report, usual: float) -> list[str]:
    if report.duration_s <= max(LONG_S, LONG_TIMES * usual):
        return []
    return [f"took {report.duration_s:.0f} s, where {usual:.1f} s is usual"]


def _same(entry: GradedWork, others: Sequence[GradedWork]) -> list[str]:
    names = sorted(other.student for other in others if other.student not in (entry.student, *entry.together))
    if not names:
        return []
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return [f"the same program as {', '.join(names[:_NAMED])}{more}"]
