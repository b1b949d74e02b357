"""Reports as problems in a file, one a line: what an editor marks where it is, and a CI service beside the change.

    exercises/ex13_sin_gradient/ex13_sin_gradient.py:27:1: error: gradient_at() matches calculus: …

The line is the one where the student's code raised, or else where the function begins that was asked.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from grader.checks.syntax import syntax_of
from grader.errors import CheckFailed, SandboxUnavailable
from grader.reports.words import callers, cell_reasons, in_part, quotation, reasons
from grader.results import CheckResult, Report, Status
from grader.text import one_line

BEGINS: Final = "grade: checking"
ENDS: Final = "grade: checked"
"""How the lines begin between which `grade watch` prints the problems of one verdict: an editor waits for them."""
_SILENT: Final = (Status.PASSED, Status.SKIPPED, Status.NOT_GRADABLE)
_WHERE: Final = re.compile(r"(?:^|:|\bline )(\d+)\b")
_CALLED: Final = re.compile(r"([A-Za-z_]\w*)\s*\(")


@dataclass(frozen=True)
class Place:
    """Where a submission lies, as it is to be shown, and its text, as Python."""

    path: str
    text: str = ""


def render(reports: Sequence[Report], places: Mapping[str, Place] | None = None) -> str:
    """Every problem of some reports. `places`: sha256 of a submission → where it lies; else its name is said."""
    return "".join(f"{line}\n" for report in reports for line in _lines(report, (places or {})))


def watched(report: Report, place: Place) -> str:
    """Every problem of one verdict, and then the line that says that there is no other."""
    problems = render([report], {report.submission.sha256: place})
    return f"{problems}{ENDS} {one_line(place.path)}: {report.earned:g} of {report.points:g} points"


def line_of(names: str, text: str) -> int:
    """The line at which the first function or class begins, among those that a question names; 1 if it names none."""
    defined = _definitions(text)
    return next((defined[name] for name in _CALLED.findall(names) if name in defined), 1)


def first_line(report: Report, text: str) -> int:
    """The line of the first thing to repair; 1 where no line is known."""
    found = next(_lines(report, {report.submission.sha256: Place("file", text)}), "file:1:1")
    return int(found.split(":")[1])


def sentence_of(result: CheckResult) -> str:
    """Why a check was lost, in one line."""
    said = [*reasons(result), *(quotation(result).splitlines()[:1]), *callers(result)]
    return one_line(f"{result.title}: {' '.join(said)}" if said else result.title)


def _lines(report: Report, places: Mapping[str, Place]) -> Iterator[str]:
    place = places.get(report.submission.sha256, Place(report.submission.name))
    path = one_line(place.path)
    if report.problem:
        first = report.checks[0]
        column = len(first.evidence.get("caret", "")) or 1
        said = [report.problem, *quotation(first).splitlines()[:1], *callers(first)]
        yield f"{path}:{_raised_at(first) or 1}:{column}: error: {one_line(' '.join(said))}"
        return
    for failure in report.cells:
        yield f"{path}:1:1: error: {one_line(' '.join(cell_reasons(failure)))}"
    for result in report.checks:
        if result.status is Status.GRADER_ERROR:
            yield f"{path}:1:1: info: {one_line(result.title)}: not graded, our fault"
        elif result.status not in _SILENT:
            asked = f"{result.evidence.get('asked', '')} {result.message} {result.title}"
            line = _raised_at(result) or line_of(asked, place.text)
            yield f"{path}:{line}:1: {'warning' if in_part(result) else 'error'}: {sentence_of(result)}"


def _raised_at(result: CheckResult) -> int | None:
    """The line of the student's file where it raised; that of a notebook's cell counts for nothing."""
    where = result.evidence.get("where", "")
    found = _WHERE.search(where) if "cell" not in where else None
    return int(found[1]) if found else None


def _definitions(text: str) -> dict[str, int]:
    """Functions and classes of a program, and the lines at which they begin; the last of a name counts.

    None where nobody could read the program: then a problem stands at its first line.
    """
    try:
        tree = syntax_of(text)
    except (CheckFailed, SandboxUnavailable):
        return {}
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    found = [(node.name, node.lineno) for node in ast.walk(tree) if isinstance(node, kinds)]
    # Those of the file itself before those within a class.
    top = {node.name: node.lineno for node in tree.body if isinstance(node, kinds)}
    return {**dict(found), **top}
