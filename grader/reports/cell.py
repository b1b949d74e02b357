"""A report as HTML, to be shown below a notebook's cell: word for word what the command line prints."""

from __future__ import annotations

import io

from rich.console import Console

from grader.reports import terminal
from grader.results import Report

WIDTH = 100
_BLOCK = '<pre style="line-height:1.3;overflow-x:auto">{code}</pre>'


def render(report: Report) -> str:
    """One report as an HTML fragment, in colour. Students' text is escaped."""
    console = Console(
        width=WIDTH, record=True, file=io.StringIO(), force_jupyter=False, force_terminal=True, color_system="standard",
        legacy_windows=False,
    )  # fmt: skip
    console.print(terminal.render(report))
    return console.export_html(inline_styles=True, code_format=_BLOCK)
