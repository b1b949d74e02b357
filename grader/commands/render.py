"""grade render: a report that was written as JSON, in another format."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from grader.commands.console import say, write
from grader.commands.options import RevealOption
from grader.errors import UsageError
from grader.reports.format_names import Format
from grader.reports.reveal import Reveal


def render(
    report: Annotated[Path, typer.Argument(help="What `grade --format json --output` wrote.")],
    format: Annotated[Format, typer.Option("--format", help="What to print, or to write with --output.")] = (
        Format.TERMINAL
    ),
    output: Annotated[Path | None, typer.Option(help="Write to this file.")] = None,
    reveal: RevealOption = Reveal.ALL,
) -> None:
    """Show a report again in another format, without grading again."""
    import msgspec

    from grader.reports.as_json import Reports
    from grader.reports.formats import render as rendered

    try:
        found = msgspec.json.decode(report.read_bytes(), type=Reports)
    except OSError as error:
        raise UsageError(f"{report} cannot be read: {error.strerror}.") from None
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        raise UsageError(f"{report} is not a report that `grade --format json` wrote.") from None
    text = rendered(format, found.reports, reveal)
    if output is None:
        write(text)
        return
    try:
        output.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{output} cannot be written: {error.strerror}.") from None
    say(f"Report written to {output}")
