"""Reports in plain words, an item a line: for a screen reader, a narrow terminal, or a search in a log.

No boxes, no colours, no signs that stand for words; nothing is aligned, and no line is broken.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from grader.reports.board import Row, Standing, advice, earned_of, groups
from grader.reports.watch import View, first_to_fix
from grader.reports.words import IN_PART, callers, in_part, title_of
from grader.results import CheckResult, Report, Status
from grader.text import clean, one_line

_VERDICTS = {
    Status.PASSED: "passed",
    Status.FAILED: "failed",
    Status.ERROR: "failed with an error",
    Status.TIMEOUT: "failed, out of time",
    Status.CRASHED: "failed, crashed",
    Status.SKIPPED: "waits for another check",
    Status.NOT_GRADABLE: "not to be checked here",
    Status.GRADER_ERROR: "not graded, our fault",
}
_OUTPUT_SHOWN = 1_000


def report(found: Report, ask: str = "grade") -> str:
    """One report: the points, then every check in its order, then what to do; `ask`: how a hint is asked for there."""
    lines = [_heading(found)]
    if found.problem:
        lines += [f"failed: the file cannot be loaded: {one_line(found.problem)}", *_quoted(found.checks[0])]
    else:
        lines += _cells(found)
        for result in found.checks:
            lines += _check(result)
    lines += _printed(found)
    if found.our_fault:
        lines.append("Something of ours failed. This is not your fault and costs no points. See: grade doctor")
    elif not found.passed:
        lines.append(f"Stuck? {ask} hint {found.label}")
    lines += found.notes
    lines.append(
        f"seed {found.seed}, {found.device}, isolation {found.isolation.level}, {found.duration_s:.2f} seconds"
    )
    return "\n".join(lines)


def summary(reports: Sequence[Report], owners: Sequence[str]) -> str:
    """A line per report; `owners` names each submission."""
    return "\n".join(
        f"{'passed' if found.passed else 'not graded, our fault' if found.our_fault else 'failed'}: "
        f"{one_line(owner)}, {found.label}, {_points(found.earned, found.points)}"
        for found, owner in zip(reports, owners, strict=True)
    )


def board(rows: Sequence[Row]) -> str:
    """The board, an exercise a line."""
    lines = []
    earned = total = 0.0
    for row in rows:
        total += row.points
        earned += row.last.earned if row.last else 0.0
        lines.append(
            f"{row.standing}: {row.label}, {row.title}, {_points(row.last.earned if row.last else 0, row.points)}"
        )
    lines += [f"{name}: {earned_of(part)}." for name, part in groups(rows) if name]
    share = f", {100 * earned / total:.0f} percent" if total else ""
    done = sum(row.standing is Standing.DONE for row in rows)
    here = sum(row.standing is Standing.PUBLIC for row in rows)
    public = f", {here} as far as can be asked here" if here else ""
    lines.append(f"Together {_points(earned, total)}{share}; {done} of {len(rows)} exercises done{public}.")
    return "\n".join([*lines, *advice(rows)])


def watch(view: View) -> str:
    """One moment of watching: the first failing check with all its words, then the others in a line each."""
    lines: list[str] = []
    if (found := view.report) is not None:
        lines.append(_heading(found))
        if found.problem:
            lines += [f"failed: the file cannot be loaded: {one_line(found.problem)}", *_quoted(found.checks[0])]
        else:
            first = first_to_fix(found)
            lines += _cells(found)
            lines += _check(first) if first else []
            lines += [_title(result) for result in found.checks if result is not first]
        lines += _printed(found)
    return "\n".join([*lines, *(text for text in (view.hint, view.after, view.news) if text)])


def _heading(found: Report) -> str:
    return (
        f"Exercise {found.label}, {found.title}, "
        f"file {one_line(found.submission.name)}: {_points(found.earned, found.points)}"
    )


def _cells(found: Report) -> Iterator[str]:
    """A notebook's cells that failed."""
    for failure in found.cells:
        yield f"failed: cell {failure.number}, which begins with {one_line(failure.first_line)}"
        if failure.mistake:
            yield f"advice: {one_line(failure.mistake)}"
        if failure.message:
            yield f"what happened: {one_line(failure.message)}"
        if failure.line and failure.line != failure.first_line:
            yield f"your line: {one_line(failure.line)}"


def _check(result: CheckResult) -> Iterator[str]:
    yield _title(result)
    if result.status in (Status.PASSED, Status.SKIPPED):
        return
    if result.mistake:
        yield f"advice: {one_line(result.mistake)}"
    if result.message:
        yield f"what happened: {one_line(result.message)}"
    yield from _quoted(result)


def _title(result: CheckResult) -> str:
    unasked = result.status in (Status.GRADER_ERROR, Status.NOT_GRADABLE)
    points = "" if unasked else f", {_points(result.earned, result.points)}"
    return f"{IN_PART if in_part(result) else _VERDICTS[result.status]}: {title_of(result)}{points}"


def _quoted(result: CheckResult) -> Iterator[str]:
    if line := result.evidence.get("line"):
        caret = result.evidence.get("caret", "")
        place = f", at character {len(caret)} of it" if caret else ""
        yield f"your line{place}: {one_line(line)}"
    yield from map(one_line, callers(result))


def _printed(found: Report) -> Iterator[str]:
    if found.output.strip() and not found.passed:
        shown = clean(found.output.strip())
        cut = shown if len(shown) <= _OUTPUT_SHOWN else shown[:_OUTPUT_SHOWN] + " ..."
        for line in cut.split("\n"):
            yield f"your code printed: {line}"


def _points(earned: float, possible: float) -> str:
    return f"{earned:g} of {possible:g} point{'' if possible == 1 else 's'}"
