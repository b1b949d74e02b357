"""The gradebook: a row a student, as CSV that a spreadsheet opens and that cannot act on it."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from grader.classroom.record import ClassRecord, StudentRecord
from grader.marks.ledger import NOTHING_SAID, Ledger
from grader.reports.marks import columns
from grader.reports.words import OUR_FAULT
from grader.text import label, one_line

_FORMULA_STARTS = ("=", "+", "-", "@", "|", "%", "＝", "＋", "－", "＠", "｜", "％")
"""What makes a formula of a cell, or has been used to; the wide forms do so where spreadsheets are set to East Asian
languages. See https://owasp.org/www-community/attacks/CSV_Injection."""
BYTE_ORDER_MARK = "\ufeff"
"""By it a spreadsheet knows that the file is UTF-8."""

Cell = str | float | None


def render(record: ClassRecord, ledger: Ledger = NOTHING_SAID) -> str:
    """One row a student: the points of each exercise, the total, what could be earned, the mark, what was late, flags.

    A blank cell is work that was not handed in. Where something of ours failed, the exercise and the total stay blank,
    so that no unfinished sum is taken for a mark; the flags say so.
    """
    ids = [exercise.id for exercise in record.exercises]
    head: list[Cell] = [
        "student",
        "id",
        "sid",
        "email",
        *ids,
        "total",
        "out of",
        *columns.heads(ledger),
        "late",
        "flags",
    ]
    return as_csv([head, *(_row(record, student, ids, ledger) for student in record.students)])


def as_csv(rows: Iterable[Iterable[Cell]], *, mark: bool = True) -> str:
    """Rows as CSV; every text is quoted, and none is a formula. `mark`: with a byte order mark."""
    file = io.StringIO()
    file.write(BYTE_ORDER_MARK if mark else "")
    # All texts are quoted: an unquoted `;` would start a new cell where spreadsheets separate by it.
    writer = csv.writer(file, quoting=csv.QUOTE_NONNUMERIC)
    writer.writerows([[neutral(cell) if isinstance(cell, str) else cell for cell in row] for row in rows])
    return file.getvalue()


def neutral(text: str) -> str:
    """The text, with an apostrophe before it if a spreadsheet would take it for a formula."""
    shown = one_line(text)
    return f"'{shown}" if shown.lstrip().startswith(_FORMULA_STARTS) else shown


def number(value: float) -> float:
    """The number as spreadsheets like it: whole where it is whole."""
    return int(value) if value == int(value) else value


def _row(record: ClassRecord, student: StudentRecord, ids: Sequence[str], ledger: Ledger) -> list[Cell]:
    reports = [student.reports.get(id_) for id_ in ids]
    earned = [None if report is None or report.our_fault else number(report.earned) for report in reports]
    total = None if student.our_fault else number(student.earned)
    who = student.identity
    late = ", ".join(map(label, student.late))
    name = one_line(student.name)
    points = [*earned, total, number(record.points_of(student))]
    marked = columns.cells(ledger, student.name)
    return [name, who.id, who.sid, who.email, *points, *marked, late, _flags(student)]


def _flags(student: StudentRecord) -> str:
    ours = [f"{label(id_)}: {OUR_FAULT}" for id_, report in student.reports.items() if report.our_fault]
    told = [f"{label(id_)}: {flag}" for id_, flags in student.flags.items() for flag in flags]
    return "; ".join([*ours, *told, *student.notes])
