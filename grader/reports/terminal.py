"""Reports for a person at a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from grader.reports.words import callers, in_part, overall, points, points_of, quotation, reasons, title_of
from grader.results import CellFailure, CheckResult, Measured, Report, Status
from grader.text import clean, one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

_MARKS = {
    Status.PASSED: ("✓", "green"),
    Status.FAILED: ("✗", "red"),
    Status.ERROR: ("!", "red"),
    Status.TIMEOUT: ("⏱", "red"),
    Status.CRASHED: ("!", "red"),
    Status.SKIPPED: ("–", "yellow"),
    Status.NOT_GRADABLE: ("–", "dim"),
    Status.GRADER_ERROR: ("–", "yellow"),
}
_OUTPUT_SHOWN = 1_000
_CELLS_SHOWN = 5


def render(report: Report, ask: str = "grade") -> RenderableType:
    """One report, as it is printed. `ask`: how a hint is asked for where it is read."""
    return Group(*_parts(report, ask))


def render_summary(reports: Sequence[Report], owners: Sequence[str]) -> RenderableType:
    """A line per report, for a run over several; `owners` names each submission."""
    table = Table(box=None, padding=(0, 2, 0, 0), show_header=True, header_style="dim")
    table.add_column("submission", overflow="fold")
    table.add_column("exercise", no_wrap=True)
    table.add_column("points", justify="right", no_wrap=True)
    table.add_column("verdict", no_wrap=True)
    for report, owner in zip(reports, owners, strict=True):
        earned = points(report.earned, report.points)
        table.add_row(Text(clean(owner)), report.label, earned, Text(*_overall(report)))
    return table


def as_text(renderable: RenderableType, width: int = 100) -> str:
    """What a renderable prints on a terminal of that width, without colour."""
    console = Console(width=width, color_system=None, force_terminal=False, force_jupyter=False, legacy_windows=False)
    with console.capture() as capture:
        console.print(renderable)
    return capture.get()


def _overall(report: Report) -> tuple[str, str]:
    colour = "yellow" if report.our_fault else "green" if report.passed else "red"
    return overall(report), colour


def _parts(report: Report, ask: str) -> Iterator[RenderableType]:
    yield heading(report)
    if report.problem:
        yield from problem(report)
    else:
        yield from cells(report)
        for result in report.checks:
            yield from check(result)
    if report.measured is not None:
        yield from _measured(report.measured)
    yield from printed(report)
    if report.our_fault:
        yield Padding(
            Text(
                "Something of ours failed. This is not your fault and costs no points. "
                "Ask your instructor to run: grade doctor",
                "yellow",
            ),
            (1, 0, 0, 2),
        )
    elif not report.passed:
        yield Padding(Text(f"Stuck? {ask} hint {report.label}", "cyan"), (1, 0, 0, 2))
    for note in report.notes:
        yield Padding(Text(note, "dim"), (0, 0, 0, 2))
    seconds = f"{report.duration_s:.2f} s"
    line = f"seed {report.seed} · {report.device} · isolation {report.isolation.level} · {seconds}"
    yield Padding(Text(line, "dim"), (0, 0, 0, 2))


def heading(report: Report) -> RenderableType:
    """The exercise, the file and the points."""
    style = "bold green" if report.passed else "bold"
    head = Text.assemble((report.title, "bold"), f"  {one_line(report.submission.name)}")
    return _row(head, Text(points(report.earned, report.points), style))


def problem(report: Report) -> Iterator[RenderableType]:
    """Why a submission could not be loaded."""
    yield Padding(Text(clean(report.problem or ""), "red"), (1, 0, 0, 2))
    yield from _quotation(report.checks[0])
    yield Padding(Text(f"So none of the {len(report.checks)} checks could be asked.", "dim"), (1, 0, 0, 2))


def printed(report: Report) -> Iterator[RenderableType]:
    """The beginning of what the student's code printed, unless all is well."""
    if report.output.strip() and not report.passed:
        shown = clean(report.output.strip())
        cut = shown if len(shown) <= _OUTPUT_SHOWN else shown[:_OUTPUT_SHOWN] + " …"
        yield Padding(Text("Your code printed:", "dim"), (1, 0, 0, 2))
        yield Padding(Text(cut, "dim"), (0, 0, 0, 4))


def check(result: CheckResult, *, brief: bool = False) -> Iterator[RenderableType]:
    """One check's line, and below it what is to be done, unless that is to be `brief`."""
    mark, colour = _MARKS[result.status] if not in_part(result) else ("◐", "yellow")
    waits = " · waits" if result.status is Status.SKIPPED else ""
    head = Text.assemble((f"{mark} ", colour), title_of(result), (waits, "dim"))
    yield _row(head, Text(points_of(result), colour))
    if waits or brief:
        return
    for index, reason in enumerate(reasons(result)):
        yield Padding(Text(reason, "bold" if result.mistake and index == 0 else ""), (0, 0, 0, 4))
    yield from _quotation(result)


def _measured(found: Measured) -> Iterator[RenderableType]:
    """Figures of a training, on two lines; the curves and the confusion matrix are in --format html."""
    numbers = " · ".join(f"{name} {value:.4f}" for name, value in found.numbers.items())
    yield Padding(Text(clean(f"{numbers} · {found.data}" if numbers else found.data)), (1, 0, 0, 2))
    if found.recall:
        shares = "  ".join(f"{name} {share:.2f}" for name, share in zip(found.classes, found.recall, strict=True))
        yield Padding(Text(clean(f"recall by class: {shares}"), "dim"), (0, 0, 0, 2))


def cells(report: Report) -> Iterator[RenderableType]:
    """The first of a notebook's cells that failed."""
    for failure in report.cells[:_CELLS_SHOWN]:
        yield from _cell(failure)
    if len(report.cells) > _CELLS_SHOWN:
        yield Padding(Text(f"… and {len(report.cells) - _CELLS_SHOWN} more cells failed.", "red"), (0, 0, 0, 2))


def _cell(failure: CellFailure) -> Iterator[RenderableType]:
    """A notebook's cell that failed; what it was to define is missing from the checks below."""
    mark, colour = _MARKS[failure.status]
    # On one line: the name of a cell could otherwise draw a check of its own.
    first = clean(failure.first_line).replace("\n", "\\n")
    yield Text.assemble((f"{mark} cell {failure.number} failed: ", colour), (first, "cyan"))
    for sentence, style in ((failure.mistake, "bold"), (failure.message, "")):
        if sentence:
            yield Padding(Text(clean(sentence), style), (0, 0, 0, 4))
    if failure.line and failure.line != failure.first_line:
        yield Padding(Text(clean(failure.line), "cyan"), (0, 0, 0, 8))


def _quotation(result: CheckResult) -> Iterator[RenderableType]:
    if quoted := quotation(result):
        yield Padding(Text(quoted, "cyan"), (0, 0, 0, 8))
    for caller in callers(result):
        yield Padding(Text(caller, "dim"), (0, 0, 0, 4))


def _row(left: Text, right: Text) -> Table:
    grid = Table.grid(expand=True, padding=(0, 1))
    grid.add_column(ratio=1)
    grid.add_column(justify="right", no_wrap=True)
    grid.add_row(left, right)
    return grid
