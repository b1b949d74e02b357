"""Groups of equal mistakes: who was told the same sentence for the same check of an exercise."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from msgspec import Struct

from grader.classroom.statistics import sentence_of
from grader.errors import UsageError
from grader.results import Report, Status

LOST = (Status.FAILED, Status.ERROR, Status.TIMEOUT, Status.CRASHED)


class Group(Struct, frozen=True, kw_only=True):
    """Students with one mistake.

    Attributes:
        id: a short name that commands take; the same as long as the exercise, the check and the sentence are.
        exercise: the exercise's id.
        check: the check's id.
        title: the check's title.
        sentence: what they were told.
        named: whether it is a mistake that the exercise's author knows.
        students: their names.
    """

    id: str
    exercise: str
    check: str
    title: str
    sentence: str
    named: bool
    students: tuple[str, ...]


def groups_of(reports: Mapping[str, Mapping[str, Report]]) -> list[Group]:
    """The groups, the largest first.

    Args:
        reports: student → exercise id → report.
    """
    found: dict[tuple[str, str, str], tuple[str, bool, list[str]]] = {}
    for student, theirs in reports.items():
        for exercise, report in theirs.items():
            for result in report.checks if report.problem is None else ():
                if result.status in LOST:
                    sentence = sentence_of(result)
                    key = exercise, result.id, sentence
                    found.setdefault(key, (result.title, result.mistake is not None, []))[2].append(student)
    groups = [
        Group(
            id=f"m{hashlib.sha256('/'.join(key).encode('utf-8', 'surrogatepass')).hexdigest()[:8]}",
            exercise=key[0],
            check=key[1],
            title=title,
            sentence=key[2],
            named=named,
            students=tuple(students),
        )
        for key, (title, named, students) in found.items()
    ]
    return sorted(groups, key=lambda group: (-len(group.students), group.exercise, group.check, group.sentence))


def group_named(groups: list[Group], name: str) -> Group:
    """The group of that id.

    Raises:
        UsageError: if there is none.
    """
    for group in groups:
        if group.id == name:
            return group
    raise UsageError(f"There is no group of mistakes {name!r} now. grade queue RESULTS lists them.")
