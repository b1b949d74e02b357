"""Feedback for one student: every report, as JSON."""

from __future__ import annotations

from msgspec import Struct

from grader.class_record import StudentRecord
from grader.reports.as_json import document
from grader.results import Report


class Feedback(Struct, frozen=True, kw_only=True):
    """What a student is handed. The instructor's notes and flags are not in it: they may speak of others."""

    student: str
    earned: float
    points: float
    reports: tuple[Report, ...]
    not_handed_in: tuple[str, ...] = ()
    schema_version: int = 1


def as_json(student: StudentRecord, points: float, not_handed_in: tuple[str, ...]) -> str:
    """The feedback as a JSON document; the reports are in the form of `grade schema`.

    Args:
        student: with reports that are already concealed.
        points: what this student could earn.
        not_handed_in: ids of the exercises that are missing.
    """
    return document(
        Feedback(
            student=student.name,
            earned=student.earned,
            points=points,
            reports=tuple(student.reports.values()),
            not_handed_in=not_handed_in,
        )
    )
