"""Gradebooks in the platforms' own columns, so that they can be imported there as they are.

Canvas: "How do I import grades in the Gradebook?", https://community.canvaslms.com/docs/DOC-12813. A blank cell leaves
a mark as it is; a column that is no assignment yet becomes one. Moodle: the offline grading worksheet of an assignment,
https://docs.moodle.org/en/Assignment_settings; its importer reads the columns Identifier, Grade and Last modified
(grade), and asks nothing of the others. Gradescope: the columns of its "Download Grades".
"""

from __future__ import annotations

from collections.abc import Iterator

from grader.classroom.record import ClassRecord, ExerciseInfo, StudentRecord
from grader.reports.classroom.gradebook import Cell, as_csv, number
from grader.reports.gradebooks import Gradebook


def render(record: ClassRecord, platform: Gradebook) -> str:
    """The class's marks for one platform. Work that was not handed in, or has to be graded again, has a blank cell.

    Args:
        record: with the students' own names and identities.
        platform: whose columns; not `csv`.
    """
    rows = {Gradebook.CANVAS: _canvas, Gradebook.MOODLE: _moodle, Gradebook.GRADESCOPE: _gradescope}[platform]
    return as_csv(rows(record), mark=False)


def _canvas(record: ClassRecord) -> Iterator[list[Cell]]:
    yield ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", *map(_titled, record.exercises)]
    yield ["    Points Possible", "", "", "", "", *(number(exercise.points) for exercise in record.exercises)]
    for student in record.students:
        who = student.identity
        yield [_name(student), who.id, who.sid, who.login, who.section, *_earned(record, student)]


def _moodle(record: ClassRecord) -> Iterator[list[Cell]]:
    yield [
        "Identifier", "Full name", "Email address", "Grade", "Maximum Grade", "Last modified (grade)",
        *map(_titled, record.exercises),
    ]  # fmt: skip
    for student in record.students:
        who = student.identity
        identifier = f"Participant {who.id}" if who.id else ""
        most = number(record.points_of(student))
        yield [identifier, _name(student), who.email, _total(student), most, "", *_earned(record, student)]


def _gradescope(record: ClassRecord) -> Iterator[list[Cell]]:
    points = [f"{_titled(exercise)} ({exercise.points:g} pts)" for exercise in record.exercises]
    yield ["Name", "SID", "Email", "Sections", "Total Score", "Max Points", "Status", *points]
    for student in record.students:
        who = student.identity
        status = "Ungraded" if student.our_fault else "Graded" if student.reports else "Missing"
        most = number(record.points_of(student))
        yield [
            _name(student), who.sid, who.email, who.section, _total(student), most, status, *_earned(record, student),
        ]  # fmt: skip


def _titled(exercise: ExerciseInfo) -> str:
    return f"{exercise.label} {exercise.title}"


def _name(student: StudentRecord) -> str:
    return student.identity.name or student.name


def _total(student: StudentRecord) -> Cell:
    return None if student.our_fault or not student.reports else number(student.earned)


def _earned(record: ClassRecord, student: StudentRecord) -> Iterator[Cell]:
    for exercise in record.exercises:
        report = student.reports.get(exercise.id)
        yield None if report is None or report.our_fault else number(report.earned)
