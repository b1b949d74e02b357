"""What `grade watch` shows: what is to be done first comes first, and it fits the screen."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.padding import Padding
from rich.segment import Segment
from rich.text import Text

from grader.reports import terminal
from grader.results import CheckResult, Report, Status

_LOST = (Status.FAILED, Status.ERROR, Status.TIMEOUT, Status.CRASHED)


@dataclass(frozen=True)
class View:
    """One moment of watching: the last verdict, if there is one yet, and texts of a line or more, or ""."""

    title: str
    report: Report | None = None
    news: str = ""
    hint: str = ""
    after: str = ""
    keys: str = ""


def first_to_fix(report: Report) -> CheckResult | None:
    """The first check that was asked and lost."""
    return next((result for result in report.checks if result.status in _LOST), None)


def render(view: View) -> RenderableType:
    """The first failing check with all its words, then the hint, then the other checks in a line each."""
    return Group(*_parts(view))


def screen(body: RenderableType, view: View) -> RenderableType:
    """The body, and below it what is new and the keys; where it fills a screen, they are its last lines."""
    return Screen(body, [Text(text, "dim") for text in (view.news, view.keys) if text])


def _parts(view: View) -> Iterator[RenderableType]:
    report = view.report
    if report is None:
        yield Text(view.title, "bold")
        yield from _aside(view)
    else:
        yield terminal.heading(report)
        if report.problem:
            yield from terminal.problem(report)
            yield from _aside(view)
        else:
            yield from _checks(report, view)
        yield from terminal.printed(report)
        if report.our_fault:
            excuse = "Something of ours failed, and costs no points. See: grade doctor"
            yield Padding(Text(excuse, "yellow"), (1, 0, 0, 2))


def _aside(view: View) -> Iterator[RenderableType]:
    for text, style in ((view.hint, "cyan"), (view.after, "green")):
        if text:
            yield Padding(Text(text, style), (1, 0, 0, 2))


def _checks(report: Report, view: View) -> Iterator[RenderableType]:
    first = first_to_fix(report)
    yield from terminal.cells(report)
    if first is not None:
        yield from terminal.check(first)
    yield from _aside(view)
    yield Text("")
    for result in report.checks:
        if result is not first:
            yield from terminal.check(result, brief=True)


@dataclass(frozen=True)
class Screen:
    """`body`, and the lines of `footer` below it. On a screen the body is cut where it is too long."""

    body: RenderableType
    footer: Sequence[Text]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        if options.height is None:
            yield Group(self.body, Text(""), *self.footer)
            return
        width, height = options.max_width, options.height
        loose = options.reset_height()
        footer = console.render_lines(Group(*self.footer), loose)[: max(1, height // 3)]
        body = console.render_lines(self.body, loose)
        room = max(0, height - len(footer) - 1)
        if len(body) > room > 0:
            more = Text(f"… {len(body) - room + 1} more lines", "dim", no_wrap=True)
            body = [*body[: room - 1], *console.render_lines(more, loose)[:1]]
        lines = [*Segment.set_shape(body[:room], width, height - len(footer)), *footer]
        for index, line in enumerate(lines[:height]):
            if index:
                yield Segment.line()
            yield from line
