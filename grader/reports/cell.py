"""A report as HTML below a notebook's cell: in Jupyter, VS Code or Colab, light or dark, wide or narrow."""

from __future__ import annotations

from grader.reports import pages, terminal
from grader.results import Report

ASK = "%grade"
"""How things are asked for in a notebook."""
WIDTH = 100


def render(report: Report) -> str:
    """One report as an HTML fragment. Students' text is escaped; what was seen is folded, but for the first failure."""
    return pages.fragment("cell.html", styles=("cell.css",), report=report, ask=ASK)


def hint(text: str) -> str:
    """A hint as an HTML fragment."""
    return pages.fragment("cell_hint.html", styles=("cell.css",), text=text)


def as_text(report: Report) -> str:
    """The same for where HTML is not shown: word for word what the command line prints."""
    return terminal.as_text(terminal.render(report, ASK), WIDTH)
