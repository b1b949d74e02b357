"""A student's program as a page shows it: with colours, line by line, and the lines marked that checks were lost in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from markupsafe import Markup
from msgspec import Struct
from pygments import highlight
from pygments.formatters.html import HtmlFormatter
from pygments.lexers.python import PythonLexer

from grader.results import CheckResult, Report, Status
from grader.text import clean

LINES_CAP: Final = 5_000
"""Lines that are shown; a solution has some hundred."""
COLOURED_CAP: Final = 200_000
"""Characters that get colours; what is longer is shown plain."""
_PLACE: Final = re.compile(r"^(?P<file>[^\n:]+):(?P<line>\d{1,7})\b")
_ASKED: Final = re.compile(r"^(?P<name>[A-Za-z_]\w*)\s*\(")
_LOST: Final = (Status.FAILED, Status.ERROR, Status.TIMEOUT, Status.CRASHED)


class Line(Struct, frozen=True):
    """A line of code. `html`: escaped and coloured; `why`: the titles of the checks that it has to do with."""

    number: int
    html: Markup
    why: tuple[str, ...]


def lines(source: str, report: Report | None) -> list[Line]:
    """The program's lines, at most `LINES_CAP` of them."""
    texts = [clean(line) for line in source.splitlines()][:LINES_CAP]
    marked = _marked(texts, report)
    coloured = _coloured(texts)
    return [Line(number, html, tuple(marked.get(number, ()))) for number, html in enumerate(coloured, start=1)]


def _coloured(texts: Sequence[str]) -> list[Markup]:
    if sum(map(len, texts)) > COLOURED_CAP:
        return [Markup.escape(text) for text in texts]
    lexer = PythonLexer(stripnl=False, ensurenl=True)
    formatter = HtmlFormatter(nowrap=True, classprefix="t-")
    # Pygments escapes every token, and closes what it opens at the end of each line.
    found = str(highlight("\n".join(texts), lexer, formatter)).split("\n")
    return [Markup(text) for text in found[: len(texts)]]


def _marked(texts: Sequence[str], report: Report | None) -> dict[int, list[str]]:
    """Number of a line → titles of lost checks: where the code raised, or where what was asked is defined."""
    found: dict[int, list[str]] = {}
    for result in report.checks if report is not None else ():
        if result.status in _LOST:
            for number in _lines_of(result, texts):
                found.setdefault(number, []).append(result.title)
    return found


def _lines_of(result: CheckResult, texts: Sequence[str]) -> set[int]:
    places = [result.evidence.get("where", ""), *result.evidence.get("called_from", "").split("\n")]
    numbers = {int(match["line"]) for place in places if (match := _PLACE.match(place))}
    if numbers:
        return {number for number in numbers if 0 < number <= len(texts)}
    asked = _ASKED.match(result.evidence.get("asked", ""))
    if asked is None:
        return set()
    define = re.compile(rf"\s*(?:(?:async\s+)?def|class)\s+{re.escape(asked['name'])}\b|{re.escape(asked['name'])}\s*=")
    return {number for number, text in enumerate(texts, start=1) if define.match(text)}
