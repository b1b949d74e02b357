"""The record of a class as its store knows it: what reports, the desk and whoever looks at the class work from."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Final

from grader.classroom import again, flags
from grader.classroom.likenesses import likenesses
from grader.classroom.record import ClassRecord, StudentRecord
from grader.classroom.store import GradeStore, key_of
from grader.exercises.exercise import Exercise
from grader.grading.version import own_source
from grader.results import Report

_NAMED: Final = 3
"""Exercises that a class without a title is called by."""
_ABSENT: Final = "Not among the submissions any more: what was graded before is kept."


def class_record(store: GradeStore, exercises: Iterable[Exercise]) -> ClassRecord:
    """What the store knows.

    Args:
        store: the class's. What is worked out from all works together, it keeps for the next time.
        exercises: the course's, to know an untouched stub by, and what is nobody's own.
    """
    state, title = store.state(), title_of(store)  # before the rest, which may change meanwhile
    infos = tuple(store.exercises())
    wanted = {info.id for info in infos}
    students = store.students()
    together = {student.name: student.together for student in students}
    reports: dict[str, dict[str, Report]] = defaultdict(dict)
    entries, verdicts = [], list(store.verdicts())
    for verdict in verdicts:
        handed = verdict.handed
        reports[handed.student][handed.exercise] = verdict.report
        entries.append(flags.GradedWork(handed.student, verdict.report, together.get(handed.student, ())))
    compared = [exercise for exercise in exercises if exercise.id in wanted]
    groups = likenesses(store, compared, [verdict.handed for verdict in verdicts], together)
    raised = flags.flags(entries, groups)
    unnamed = again.groups(store, verdicts, people(store))
    return ClassRecord(
        title=title,
        exercises=infos,
        students=tuple(
            StudentRecord(
                name=student.name,
                reports=reports.get(student.name, {}),
                notes=student.notes if student.present else (*student.notes, _ABSENT),
                flags=raised.get(student.name, {}),
                late=student.enrolment.late,
                untouched=student.enrolment.untouched,
                identity=student.enrolment.identity,
            )
            for student in students
        ),
        created=datetime.now(UTC).isoformat(timespec="seconds"),
        unread=tuple(store.unread()),
        alike=groups,
        unnamed=unnamed,
        made_of=key_of(
            grader=own_source(),
            state=state,
            title=title,
            alike=[(one.exercise, one.students, one.same, one.short) for one in groups],
            unnamed=[(one.exercise, one.students, one.said, one.program) for one in unnamed],
        ),
    )


def title_of(store: GradeStore) -> str:
    """What the class is called; one that nobody has named, by its exercises: a folder's name is seldom to be read."""
    labels = [exercise.label for exercise in store.exercises()]
    usual = f"Class results: {', '.join(labels)}" if 0 < len(labels) <= _NAMED else "Class results"
    return store.meta("title") or usual


def people(store: GradeStore) -> list[str]:
    """Every name, address and login that is known of the class's students."""
    found = []
    for student in store.students():
        who = student.enrolment.identity
        found += [student.name, who.name, who.login, who.email.partition("@")[0]]
    return [name for name in found if name]
