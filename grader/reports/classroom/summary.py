"""What a class's grading came to, for a person at a terminal."""

from __future__ import annotations

from collections.abc import Iterator

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from grader.classroom.record import ClassRecord, StudentRecord
from grader.classroom.unnamed import Unnamed
from grader.results import Report
from grader.text import label, one_line

STUDENTS_SHOWN = 40
"""A larger class is summed up by exercise only."""
_LINES = 12


def render(record: ClassRecord) -> RenderableType:
    """Points by student, for a class that fits on a screen; by exercise; and what a person should look at."""
    return Group(*_parts(record))


def _parts(record: ClassRecord) -> Iterator[RenderableType]:
    if len(record.students) <= STUDENTS_SHOWN:
        yield _students(record)
        yield Text("")
    yield _exercises(record)
    for head, lines in (
        ("Mistakes without a name", [_unnamed(group) for group in record.unnamed if len(group.students) > 1]),
        ("To look at", [line for student in record.students for line in _flags(student)]),
        ("Notes", [f"{student.name}: {note}" for student in record.students for note in student.notes]),
        ("Not read", list(record.unread)),
    ):
        if lines:
            yield Text(f"\n{head}", "bold")
            more = [f"and {len(lines) - _LINES} more"] if len(lines) > _LINES else []
            for line in lines[:_LINES] + more:
                yield Padding(Text(one_line(line)), (0, 0, 0, 2))


def _unnamed(group: Unnamed) -> str:
    return f"{label(group.exercise)} {group.number}: {len(group.students)} students: {group.said}"


def _students(record: ClassRecord) -> Table:
    table = _table("student", *(exercise.label for exercise in record.exercises), "total")
    for student in record.students:
        points = [_points(student.reports.get(exercise.id)) for exercise in record.exercises]
        total = f"{student.earned:g}" + ("?" if student.our_fault else "")
        table.add_row(Text(one_line(student.name)), *points, total)
    return table


def _exercises(record: ClassRecord) -> Table:
    table = _table("exercise", "handed in", "all passed", "mean", "points", "not graded")
    for exercise in record.exercises:
        reports = [s.reports[exercise.id] for s in record.students if exercise.id in s.reports]
        graded = [report for report in reports if not report.our_fault]
        mean = f"{sum(report.earned for report in graded) / len(graded):.1f}" if graded else "–"
        table.add_row(
            Text(exercise.label), str(len(reports)), str(sum(report.passed for report in graded)), mean,
            f"{exercise.points:g}", str(len(reports) - len(graded)),
        )  # fmt: skip
    return table


def _table(first: str, *others: str) -> Table:
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column(first, overflow="fold")
    for name in others:
        table.add_column(name, justify="right", no_wrap=True)
    return table


def _points(report: Report | None) -> Text:
    if report is None:
        return Text("–", "dim")
    if report.our_fault:
        return Text("?", "yellow")
    return Text(f"{report.earned:g}", "green" if report.passed else "")


def _flags(student: StudentRecord) -> Iterator[str]:
    for exercise, clauses in student.flags.items():
        yield f"{student.name}, {label(exercise)}: {'; '.join(clauses)}."
