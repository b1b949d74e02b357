"""Gradebooks in the platforms' own columns, so that they can be imported there as they are.

Canvas: "How do I import grades in the Gradebook?", https://community.canvaslms.com/docs/DOC-12813. A blank cell leaves
a mark as it is; a column that is no assignment yet becomes one. Moodle: the offline grading worksheet of an assignment,
https://docs.moodle.org/en/Assignment_settings; its importer reads the columns Identifier, Grade and Last modified
(grade), and asks nothing of the others. Gradescope: the columns of its "Download Grades".
"""

from __future__ import annotations

from collections.abc import Iterator

from grader.classroom.record import ClassRecord, ExerciseInfo, StudentRecord
from grader.marks.ledger import NOTHING_SAID, Ledger
from grader.reports.classroom.gradebook import Cell, as_csv, number
from grader.reports.classroom.worth import no_sum, out_of, worth
from grader.reports.gradebooks import Gradebook


def render(record: ClassRecord, platform: Gradebook, ledger: Ledger = NOTHING_SAID) -> str:
    """The class's marks for one platform. Work that was not handed in, or has to be graded again, has a blank cell.

    Where `ledger` has marks, an exercise's cell holds what its points are after adjustments and lateness, and the whole
    is the mark, out of what the policy says; otherwise they hold the verdicts' points and their sum.

    Args:
        record: with the students' own names and identities.
        platform: whose columns; not `csv`.
        ledger: of the same students, under the same names.
    """
    rows = {Gradebook.CANVAS: _canvas, Gradebook.MOODLE: _moodle, Gradebook.GRADESCOPE: _gradescope}[platform]
    return as_csv(rows(record, ledger), mark=False)


def _canvas(record: ClassRecord, ledger: Ledger) -> Iterator[list[Cell]]:
    # Canvas adds up by itself what is in its columns; a mark that is no sum has one of its own.
    apart = no_sum(ledger)
    whole, most = (["Mark"], [out_of(record, ledger)]) if apart else ([], [])
    yield ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", *map(_titled, record.exercises), *whole]
    yield ["    Points Possible", "", "", "", "", *(number(exercise.points) for exercise in record.exercises), *most]
    for student in record.students:
        who, found = student.identity, worth(record, student, ledger)
        total = [found.total] if apart else []
        yield [_name(student), who.id, who.sid, who.login, who.section, *found.exercises, *total]


def _moodle(record: ClassRecord, ledger: Ledger) -> Iterator[list[Cell]]:
    yield [
        "Identifier", "Full name", "Email address", "Grade", "Maximum Grade", "Last modified (grade)",
        *map(_titled, record.exercises),
    ]  # fmt: skip
    for student in record.students:
        who, found = student.identity, worth(record, student, ledger)
        identifier = f"Participant {who.id}" if who.id else ""
        yield [identifier, _name(student), who.email, found.total, found.most, "", *found.exercises]


def _gradescope(record: ClassRecord, ledger: Ledger) -> Iterator[list[Cell]]:
    points = [f"{_titled(exercise)} ({exercise.points:g} pts)" for exercise in record.exercises]
    yield ["Name", "SID", "Email", "Sections", "Total Score", "Max Points", "Status", *points]
    for student in record.students:
        who, found = student.identity, worth(record, student, ledger)
        given = student.reports or found.total is not None
        status = "Ungraded" if student.our_fault and found.total is None else "Graded" if given else "Missing"
        yield [_name(student), who.sid, who.email, who.section, found.total, found.most, status, *found.exercises]


def _titled(exercise: ExerciseInfo) -> str:
    return f"{exercise.label} {exercise.title}"


def _name(student: StudentRecord) -> str:
    return student.identity.name or student.name
