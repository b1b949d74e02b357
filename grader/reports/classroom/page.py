"""A class as one self-contained page for its instructors."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from grader.classroom.record import ClassRecord
from grader.reports import pages
from grader.reports.classroom.overview import overview

FILE: Final = "class.html"
_STYLES: Final = ("page.css", "class.css")
_SCRIPT: Final = "class.js"
_BODY: Final = "<body>"
_HEAD_CAP: Final = 1 << 16


def render(record: ClassRecord, pages_of: Sequence[str] = ()) -> str:
    """The page. It shows everything, hidden checks' evidence included.

    Args:
        record: complete, not concealed.
        pages_of: for each student the path of their own page, relative to this one; none: names are not links.
    """
    links = {student.name: quote(path) for student, path in zip(record.students, pages_of, strict=False)}
    return pages.render(
        FILE, styles=_STYLES, script=_SCRIPT, **layout(), made_of=made_of(record), shown=overview(record, links)
    )


def layout() -> dict[str, Any]:
    """How much of each list is seen at once; the rest is a click away."""
    return {"lines_shown": 14, "checks_shown": 8, "mistakes_shown": 4}


def policy() -> str:
    """The page's content security policy, which a server can insist on."""
    return pages.policy(_STYLES, _SCRIPT)


def made_of(record: ClassRecord) -> str:
    """A hash of all that the page is made of; it stands in the page. "" if nobody knows."""
    if not record.made_of:
        return ""
    source = pages.source_of("base.html", FILE, *_STYLES, _SCRIPT)
    return hashlib.sha256(f"{record.made_of} {source}".encode()).hexdigest()


def on_disk(results: Path, record: ClassRecord) -> str:
    """The page that was written into a folder, if it was made of just this record; "" otherwise."""
    if not (wanted := made_of(record)):
        return ""
    try:
        found = (results / FILE).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return ""
    return found if _mark(wanted) in found[:_HEAD_CAP].partition(_BODY)[0] else ""


def aged(html: str, sentence: str) -> str:
    """A page that is not the newest, which says so before everything else."""
    told = f'{_BODY}\n<p class="notice" role="status">{escape(sentence)}</p>'
    return html.replace(_BODY, told, 1)


def _mark(made_of: str) -> str:
    return f'<meta name="made-of" content="{made_of}">'
