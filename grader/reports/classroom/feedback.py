"""Feedback for one student: every report, as JSON and as a page."""

from __future__ import annotations

from msgspec import Struct

from grader.classroom.record import ClassRecord, StudentRecord
from grader.reports import pages
from grader.reports.as_json import document
from grader.reports.marks.student import Marked
from grader.results import Report


class Feedback(Struct, frozen=True, kw_only=True):
    """What a student is handed. The instructor's notes and flags are not in it: they may speak of others."""

    student: str
    earned: float
    points: float
    reports: tuple[Report, ...]
    not_handed_in: tuple[str, ...] = ()
    late: tuple[str, ...] = ()
    """Ids of exercises that were handed in late."""
    untouched: tuple[str, ...] = ()
    """Ids of exercises whose stub came back as it was handed out."""
    marked: Marked | None = None
    """The mark, where the course has a policy or somebody has said a word."""
    schema_version: int = 1


def as_json(record: ClassRecord, student: StudentRecord, marked: Marked | None = None) -> str:
    """The feedback as a JSON document; the reports are in the form of `grade schema`, and already concealed."""
    return document(
        Feedback(
            student=student.name,
            earned=student.earned,
            points=record.points_of(student),
            reports=tuple(student.reports.values()),
            late=student.late,
            untouched=student.untouched,
            not_handed_in=tuple(exercise.id for exercise in record.exercises if exercise.id not in student.reports),
            marked=marked,
        )
    )


def as_page(record: ClassRecord, student: StudentRecord, marked: Marked | None = None) -> str:
    """The feedback as one self-contained page, in the order of the course; the reports are already concealed."""
    return pages.render(
        "feedback.html",
        styles=("page.css", "report.css", "measured.css", "marked.css", "feedback.css"),
        class_title=record.title,
        exercises=record.exercises,
        student=student,
        points=record.points_of(student),
        marked=marked,
    )
