"""The record of a graded class: frozen and torch-free. Every class report is a rendering of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from msgspec import Struct

from grader.classroom.alike import Alike
from grader.classroom.unnamed import Unnamed
from grader.results import Report
from grader.text import label


class Identity(Struct, frozen=True, kw_only=True):
    """What a platform or a roster calls a student; "" is what nobody has said.

    Attributes:
        name: the full name.
        id: the platform's own number: Canvas's user, Moodle's participant.
        sid: the number that the school has given.
        login: the name to log in with.
        email: the address.
        section: the part of the course.
    """

    name: str = ""
    id: str = ""
    sid: str = ""
    login: str = ""
    email: str = ""
    section: str = ""


UNKNOWN: Final = Identity()
"""Of a student of whom no platform has said anything."""


class ExerciseInfo(Struct, frozen=True, kw_only=True):
    """An exercise that the class was graded on."""

    id: str
    title: str
    points: float

    @property
    def label(self) -> str:
        """Its short name: ex13."""
        return label(self.id)


class StudentRecord(Struct, frozen=True, kw_only=True):
    """One student of the class.

    Attributes:
        name: as the submissions' folder gives it; whatever the student or the platform put there.
        reports: exercise id → the report that counts. What was not handed in has none.
        notes: sentences for the instructor, such as "Two files for ex13: the newer one was graded."
        flags: exercise id → why a person should look at it, such as "crashed the worker" or "the same text as …".
        late: ids of exercises that were handed in late, as the platform says.
        untouched: ids of exercises whose stub was handed in as it was handed out.
        identity: what gradebooks know the student by.
    """

    name: str
    reports: Mapping[str, Report] = {}
    notes: tuple[str, ...] = ()
    flags: Mapping[str, tuple[str, ...]] = {}
    late: tuple[str, ...] = ()
    untouched: tuple[str, ...] = ()
    identity: Identity = UNKNOWN

    @property
    def earned(self) -> float:
        """All points earned."""
        return round(sum(report.earned for report in self.reports.values()), 2)

    @property
    def our_fault(self) -> bool:
        """Whether some check could not be graded through the grader's own fault, so that points are still open."""
        return any(report.our_fault for report in self.reports.values())


class ClassRecord(Struct, frozen=True, kw_only=True):
    """A class: its exercises in the course's order, its students by name; `created` in ISO 8601, UTC."""

    title: str
    exercises: tuple[ExerciseInfo, ...]
    students: tuple[StudentRecord, ...]
    created: str
    unread: tuple[str, ...] = ()
    """Sentences about what was handed in and could not be read as anybody's work."""
    alike: tuple[Alike, ...] = ()
    """Who wrote the same program as somebody else."""
    unnamed: tuple[Unnamed, ...] = ()
    """Mistakes that have no name yet, and who made them."""
    made_of: str = ""
    """A hash of everything that it was read from: whoever has the same has the same record. "" if nobody knows."""

    @property
    def points(self) -> float:
        """What a student can earn."""
        return sum(exercise.points for exercise in self.exercises)

    def points_of(self, student: StudentRecord) -> float:
        """What this student could earn: all points, but for those of checks that could not be asked on the machine."""
        return sum(
            student.reports[exercise.id].points if exercise.id in student.reports else exercise.points
            for exercise in self.exercises
        )
