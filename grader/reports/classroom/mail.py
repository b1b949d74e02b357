"""A row a student for a mail program: whom to write to, the points or the mark, and the page to attach."""

from __future__ import annotations

from collections.abc import Sequence

from grader.classroom.record import ClassRecord, StudentRecord
from grader.marks.ledger import NOTHING_SAID, Ledger
from grader.reports.classroom.gradebook import Cell, as_csv
from grader.reports.classroom.worth import worth


def render(record: ClassRecord, students: Sequence[tuple[StudentRecord, str]], ledger: Ledger = NOTHING_SAID) -> str:
    """The table, as CSV.

    Args:
        record: the class.
        students: each with the path of their page.
        ledger: of the same students; where it has marks, they stand in place of the points.
    """
    rows: list[list[Cell]] = [["Email", "Name", "Points", "Out of", "Page"]]
    for student, page in students:
        found = worth(record, student, ledger)
        total = found.total if found.total is not None or student.our_fault else 0
        rows.append(
            [student.identity.email, student.identity.name or student.name, total, found.most, page],
        )
    return as_csv(rows)
