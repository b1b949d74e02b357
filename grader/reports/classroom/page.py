"""A class as one self-contained page for its instructors."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from grader.classroom.record import ClassRecord
from grader.reports import pages
from grader.reports.classroom.overview import overview


def render(record: ClassRecord, pages_of: Sequence[str] = ()) -> str:
    """The page. It shows everything, hidden checks' evidence included.

    Args:
        record: complete, not concealed.
        pages_of: for each student the path of their own page, relative to this one; none: names are not links.
    """
    links = {student.name: quote(path) for student, path in zip(record.students, pages_of, strict=False)}
    return pages.render(
        "class.html", styles=("page.css", "class.css"), script="class.js", **layout(), shown=overview(record, links)
    )


def layout() -> dict[str, Any]:
    """How much of each list is seen at once; the rest is a click away."""
    return {"lines_shown": 14, "checks_shown": 8, "mistakes_shown": 4}
