"""Reports as one self-contained page: light and dark, nothing fetched, no script."""

from __future__ import annotations

from collections.abc import Sequence

from grader.reports import pages
from grader.results import Report


def render(reports: Sequence[Report]) -> str:
    """The reports of one run, in their order."""
    return pages.render("run.html", styles=("page.css", "report.css", "measured.css"), reports=reports)
