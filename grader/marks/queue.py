"""What needs a person, the most urgent first. Pure: a class in, items out; whatever somebody has spoken of is done."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from msgspec import Struct

from grader.classroom.record import ClassRecord, StudentRecord
from grader.marks.case import Case
from grader.marks.groups import Group
from grader.marks.lateness import lateness
from grader.marks.policy import Policy
from grader.results import Status

KINDS: Final = {
    "ours": "our own fault: grade it again",
    "changed": "the verdict changed beneath what somebody said",
    "crash": "crashed or took too long",
    "unread": "could not be loaded",
    "late": "late, by how much nobody says",
    "group": "a mistake that nobody has named",
    "flag": "worth a look",
}
"""Kinds of items, the most urgent first."""
_GROUP_LEAST: Final = 2
"""Students that make an unnamed mistake worth a common word."""


class Item(Struct, frozen=True, kw_only=True):
    """Something for a person. `group`: of a group of equal mistakes its id, and then there is no student."""

    kind: str
    exercise: str
    sentence: str
    student: str = ""
    group: str = ""


def queue(record: ClassRecord, cases: Mapping[str, Case], groups: Sequence[Group], policy: Policy) -> list[Item]:
    """Every item that nobody has seen to, by kind, then in the class's order.

    A student's work is seen to when somebody has said something about that exercise that still stands and was said of
    the verdict that there is; a group, when somebody has of each of its students.
    """
    found: list[Item] = []
    for student in record.students:
        found += _of_student(student, cases[student.name], policy)
    for group in groups:
        count = len(group.students)
        left = any(not _seen_to(cases[name], group.exercise) for name in group.students if name in cases)
        if left and not group.named and count >= _GROUP_LEAST:
            sentence = f"{count} students, “{group.title}”: {group.sentence}"
            found.append(Item(kind="group", exercise=group.exercise, sentence=sentence, group=group.id))
    order = list(KINDS)
    return sorted(found, key=lambda item: order.index(item.kind))


def _of_student(student: StudentRecord, case: Case, policy: Policy) -> Iterator[Item]:
    for exercise, report in student.reports.items():

        def item(kind: str, sentence: str, exercise: str = exercise) -> Item:
            return Item(kind=kind, exercise=exercise, sentence=sentence, student=student.name)

        if report.our_fault:
            yield item("ours", "Something of ours failed; it costs no points.")
            continue
        if changed := case.changed(exercise):
            yield item("changed", changed)
            continue
        if _seen_to(case, exercise):
            continue
        statuses = {result.status for result in report.checks}
        if report.problem is not None:
            yield item("unread", report.problem)
        elif statuses & {Status.CRASHED, Status.TIMEOUT}:
            lost = [result for result in report.checks if result.status in (Status.CRASHED, Status.TIMEOUT)]
            yield item("crash", f"“{lost[0].title}”: {lost[0].message or lost[0].status}")
        else:
            yield from (item("flag", flag) for flag in student.flags.get(exercise, ()))
        late = lateness(policy, policy.deadline(student.name, exercise), case.moments.get(exercise))
        if late.doubtful:
            yield item("late", late.sentence)


def _seen_to(case: Case, exercise: str) -> bool:
    return any(word.exercise == exercise for word in case.standing)
