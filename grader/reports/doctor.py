"""The doctor's findings as a table."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import RenderableType
from rich.table import Table
from rich.text import Text

from grader.grading.machine import Finding


def render(findings: Sequence[Finding]) -> RenderableType:
    """One row a finding; advice in a line of its own where there is any."""
    table = Table(box=None, padding=(0, 1, 0, 0), show_header=False)
    table.add_column(no_wrap=True)
    table.add_column(no_wrap=True)
    table.add_column()
    for finding in findings:
        mark = Text("✓", "green") if finding.ok else Text("✗", "red")
        if finding.ok and finding.advice:
            mark = Text("–", "yellow")
        table.add_row(mark, finding.name, Text(finding.found))
        if finding.advice:
            table.add_row("", "", Text(f"→ {finding.advice}", "yellow"))
    return table
