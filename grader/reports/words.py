"""The words that reports share: a verdict in a word, points, and why a check was lost."""

from __future__ import annotations

from grader.results import CellFailure, CheckResult, Report, Status
from grader.text import clean, one_line

VERDICTS = {
    Status.PASSED: "passed",
    Status.FAILED: "not right yet",
    Status.ERROR: "raised an error",
    Status.TIMEOUT: "took too long",
    Status.CRASHED: "crashed",
    Status.SKIPPED: "waits for another check",
    Status.NOT_GRADABLE: "cannot be asked here",
    Status.GRADER_ERROR: "not graded: our fault",
}
IN_PART = "partly right"
OUR_FAULT = "Something of ours failed. It costs no points; this work has to be graded again."


def in_part(result: CheckResult) -> bool:
    """Whether a check that has a scale has earned some of its points."""
    return result.status is Status.FAILED and result.earned > 0


def verdict(result: CheckResult) -> str:
    """A check's verdict in a word or a few."""
    return IN_PART if in_part(result) else VERDICTS[result.status]


def points(earned: float, possible: float) -> str:
    """For example 2.5/10."""
    return f"{earned:g}/{possible:g}"


def points_of(result: CheckResult) -> str:
    """A check's points, or that there are none to be had or lost."""
    if result.status in (Status.GRADER_ERROR, Status.NOT_GRADABLE):
        return "not graded"
    return points(result.earned, result.points)


def title_of(result: CheckResult) -> str:
    """A check's title; of a hidden one, said to be so."""
    return f"{result.title} (hidden)" if result.hidden else result.title


def quotation(result: CheckResult) -> str:
    """The student's own line, with a caret under a syntax error; "" if there is none. Clean, and not one line."""
    line, caret = result.evidence.get("line", ""), result.evidence.get("caret", "")
    return clean(f"{line}\n{caret}" if line and caret else line)


def callers(result: CheckResult) -> tuple[str, ...]:
    """The student's own places that led to the quoted line, the nearest first, each in a clean line that says so."""
    return tuple(f"called from {clean(text)}" for text in result.evidence.get("called_from", "").split("\n") if text)


def reasons(result: CheckResult) -> tuple[str, ...]:
    """Why a check was lost: the mistake by name, then what was seen; clean. Empty for a passed or concealed check."""
    return tuple(clean(text) for text in (result.mistake, result.message) if text)


def cell_reasons(failure: CellFailure) -> tuple[str, ...]:
    """Why a notebook's cell failed, as `reasons`; the first says which cell."""
    head = f"Cell {failure.number} failed: {one_line(failure.first_line)}"
    quoted = failure.line if failure.line != failure.first_line else ""
    return (head, *(clean(text) for text in (failure.mistake, failure.message, quoted) if text))


def overall(report: Report) -> str:
    """One submission's verdict in a few words."""
    if report.our_fault:
        return VERDICTS[Status.GRADER_ERROR]
    if report.passed:
        return "all passed"
    if report.problem:
        return "could not be loaded"
    lost = sum(result.status not in (Status.PASSED, Status.NOT_GRADABLE) for result in report.checks)
    return f"{lost} of {len(report.checks)} checks to go"
