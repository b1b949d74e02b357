"""A class as one self-contained page for its instructors."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from urllib.parse import quote

from msgspec import Struct

from grader.classroom.record import ClassRecord, StudentRecord
from grader.classroom.statistics import BINS, Summary, lost_checks, slowest, summaries, total
from grader.reports import pages
from grader.results import Report
from grader.text import label, one_line

_NAME_SHOWN = 80
_CHECKS_SHOWN, _MISTAKES_SHOWN, _SLOW_SHOWN, _FLAGS_SHOWN = 8, 3, 10, 30


class Row(Struct, frozen=True):
    """A student as the page's table has them. `cells`: text and style of each exercise."""

    name: str
    link: str
    cells: tuple[tuple[str, str], ...]
    total: str
    possible: str
    seconds: str
    flags: str


def render(record: ClassRecord, pages_of: Sequence[str] = ()) -> str:
    """The page. It shows everything, hidden checks' evidence included.

    Args:
        record: complete, not concealed.
        pages_of: for each student the path of their own page, relative to this one; none: names are not links.
    """
    rows = [
        _row(record, student, quote(path))
        for student, path in zip(record.students, pages_of or [""] * len(record.students), strict=True)
    ]
    row_of = {id(student): row for student, row in zip(record.students, rows, strict=True)}
    all_together, each = total(record), summaries(record)
    return pages.render(
        "class.html",
        styles=("page.css", "class.css"),
        script="class.js",
        record=record,
        created=_readable(record.created),
        rows=rows,
        ours=[row for student, row in zip(record.students, rows, strict=True) if student.our_fault],
        submissions=sum(len(student.reports) for student in record.students),
        nothing=sum(not student.reports for student in record.students),
        total=all_together,
        cards=each if len(each) == 1 else (all_together, *each),
        described=_described,
        lost=lost_checks(record),
        flagged=[
            (row_of[id(student)], exercise, why)
            for student in record.students
            for exercise, flags in student.flags.items()
            for why in flags
        ],
        slow=[(row_of[id(student)], report) for student, report in slowest(record, _SLOW_SHOWN)],
        checks_shown=_CHECKS_SHOWN,
        mistakes_shown=_MISTAKES_SHOWN,
        flags_shown=_FLAGS_SHOWN,
    )


def _row(record: ClassRecord, student: StudentRecord, link: str) -> Row:
    told = [f"{label(id_)}: {flag}" for id_, flags in student.flags.items() for flag in flags]
    seconds = sum(report.duration_s for report in student.reports.values())
    return Row(
        name=_short(student.name),
        link=link,
        cells=tuple(_cell(student.reports.get(exercise.id)) for exercise in record.exercises),
        total="open" if student.our_fault else f"{student.earned:g}",
        possible=f"{record.points_of(student):g}",
        seconds=f"{seconds:.1f}",
        flags=" · ".join([*told, *student.notes]),
    )


def _short(name: str) -> str:
    shown = one_line(name)
    return shown if len(shown) <= _NAME_SHOWN else f"{shown[:_NAME_SHOWN]} …"


def _cell(report: Report | None) -> tuple[str, str]:
    if report is None:
        return "–", "none"
    if report.our_fault:
        return "open", "fx"
    share = report.earned / report.points if report.points else 1.0
    style = "f3" if share >= 1 else "f2" if share >= 0.5 else "f1" if share > 0 else "f0"
    return f"{report.earned:g}", style


def _described(summary: Summary) -> str:
    """A histogram in words, for those who do not see it."""
    *below, full = summary.bins
    parts = [
        f"{count} from {100 * index // BINS} to below {100 * (index + 1) // BINS} %"
        for index, count in enumerate(below)
        if count
    ]
    parts += [f"{full} with all points"] if full else []
    return f"Students by share of the points: {', '.join(parts) or 'none'}."


def _readable(moment: str) -> str:
    try:
        return f"{datetime.fromisoformat(moment):%d %B %Y, %H:%M} UTC".lstrip("0")
    except ValueError:
        return moment
