"""Reports as Markdown, for the summary of a job of continuous integration (GitHub's dialect).

Whatever a student can write stands in a code span, where neither HTML nor links nor tables mean anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from grader.classroom.record import ClassRecord, StudentRecord
from grader.classroom.statistics import Summary, mistakes_of, summaries
from grader.reports.words import (
    OUR_FAULT,
    callers,
    cell_reasons,
    overall,
    points,
    points_of,
    reasons,
    title_of,
    verdict,
)
from grader.results import CheckResult, Report, Status
from grader.text import label, one_line

_MARKUP = re.compile(r"([\\`*_\[\]<>|~&$@#])")
_SPAN_SHOWN = 600
_ROWS_SHOWN = 2_000
"""GitHub refuses a summary of more than 1 MiB, and so shows nothing of it."""
_MISTAKES_SHOWN = 10


def render(reports: Sequence[Report]) -> str:
    """The reports of one run: for each a table of its checks, and why those were lost that were."""
    return "\n".join(line for report in reports for line in _report(report))


def render_class(record: ClassRecord) -> str:
    """A class: each exercise in numbers, the commonest mistakes, and a row a student."""
    return "\n".join(_class(record))


def plain(text: str) -> str:
    """A text of the course's own authors, to be read as it is written."""
    return _MARKUP.sub(r"\\\1", one_line(text))


def code(text: str) -> str:
    """A text that anybody may have written, on one line, in a code span that it cannot end."""
    shown = one_line(text)
    shown = shown if len(shown) <= _SPAN_SHOWN else shown[:_SPAN_SHOWN] + " …"
    if not shown.strip():
        return "–"
    fence = "`" * (1 + max((len(run) for run in re.findall("`+", shown)), default=0))
    padding = " " if shown[0] in "` " or shown[-1] in "` " else ""
    return f"{fence}{padding}{shown}{padding}{fence}"


def cell(text: str) -> str:
    """`code` for a table's cell: tables are cut at | before anything else is read, unless a backslash says not to."""
    return code(text).replace("|", "\\|")


def _report(report: Report) -> Iterator[str]:
    yield f"### {plain(report.title)}: {points(report.earned, report.points)}"
    yield ""
    yield f"{code(report.submission.name)}: {overall(report)}"
    yield ""
    if report.our_fault:
        yield f"{OUR_FAULT}"
        yield ""
    if report.problem:
        yield code(report.problem)
        yield ""
        return
    yield from (f"- {code(' '.join(cell_reasons(failure)))}" for failure in report.cells)
    if report.cells:
        yield ""
    yield "| | check | points |"
    yield "| :-: | --- | --: |"
    for result in report.checks:
        yield f"| {_mark(result)} | {plain(title_of(result))} | {points_of(result)} |"
    yield ""
    for result in report.checks:
        if result.status not in (Status.PASSED, Status.SKIPPED) and (said := _said(result)):
            yield f"**{plain(title_of(result))}** ({verdict(result)})"
            yield ""
            yield from (f"- {line}" for line in said)
            yield ""
    for note in report.notes:
        yield f"{code(note)}"
        yield ""


def _mark(result: CheckResult) -> str:
    if result.status is Status.PASSED:
        return "✓"
    return "–" if result.status in (Status.SKIPPED, Status.NOT_GRADABLE, Status.GRADER_ERROR) else "✗"


def _said(result: CheckResult) -> list[str]:
    # Without the caret under it, which makes no sense in a span.
    return [code(text) for text in (*reasons(result), result.evidence.get("line", ""), *callers(result)) if text]


def _class(record: ClassRecord) -> Iterator[str]:
    yield f"# {plain(record.title)}"
    yield ""
    ours = sum(student.our_fault for student in record.students)
    yield f"{len(record.students)} students, {record.points:g} points."
    yield ""
    if ours:
        yield f"**To be graded again: {ours} of {len(record.students)} students.** {OUR_FAULT}"
        yield ""
    yield "| exercise | handed in | all passed | mean | median |"
    yield "| --- | --: | --: | --: | --: |"
    for summary in summaries(record):
        yield _exercise_row(summary)
    yield ""
    if found := mistakes_of(record)[:_MISTAKES_SHOWN]:
        yield "| students | commonest mistake | exercise |"
        yield "| --: | --- | --- |"
        for mistake in found:
            yield f"| {mistake.count} | {cell(mistake.sentence)} | {plain(label(mistake.exercise))} |"
        yield ""
    # Without what was asked or answered: this file may be handed on, and the check may be a hidden one.
    if several := [group for group in record.unnamed if len(group.students) > 1][:_MISTAKES_SHOWN]:
        yield "| students | a mistake without a name | exercise |"
        yield "| --: | --- | --- |"
        for group in several:
            yield f"| {len(group.students)} | group {group.number} | {plain(label(group.exercise))} |"
        yield ""
    yield "| student | points | flags |"
    yield "| --- | --: | --- |"
    for student in record.students[:_ROWS_SHOWN]:
        yield _student_row(record, student)
    if (left_out := len(record.students) - _ROWS_SHOWN) > 0:
        yield ""
        yield f"And {left_out} more students: see gradebook.csv."
    yield ""


def _exercise_row(summary: Summary) -> str:
    cells = [
        f"{plain(summary.exercise.label)} {plain(summary.exercise.title)}",
        str(summary.handed_in),
        str(summary.all_passed),
        f"{summary.mean:.2f}/{summary.exercise.points:g}" if summary.earned else "–",
        f"{summary.median:g}" if summary.earned else "–",
    ]
    return f"| {' | '.join(cells)} |"


def _student_row(record: ClassRecord, student: StudentRecord) -> str:
    total = "not graded: our fault" if student.our_fault else points(student.earned, record.points_of(student))
    flags = "; ".join(f"{label(id_)}: {flag}" for id_, flags in student.flags.items() for flag in flags)
    return f"| {cell(student.name)} | {total} | {cell(flags) if flags else ''} |"
