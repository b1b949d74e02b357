"""Reports as JSON, and the JSON schema of a report."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import msgspec

from grader.results import Report


class Reports(msgspec.Struct, frozen=True, kw_only=True):
    """What `--format json` prints: every report of one run."""

    reports: tuple[Report, ...]
    schema_version: int = 1


def render(reports: Sequence[Report]) -> str:
    """All reports of a run as one JSON document, two spaces of indentation, ending in a newline.

    Students' text is in it: what is not printable is escaped, so that it cannot repaint a terminal.
    """
    return document(Reports(reports=tuple(reports)))


def document(record: msgspec.Struct | dict[str, Any]) -> str:
    """A record as JSON, in the form of `render`; lone surrogates, as in odd file names, are escaped, too."""
    # On one line first: in it every newline of a text is escaped already.
    text = json.dumps(msgspec.to_builtins(record), ensure_ascii=False)
    if not text.isprintable():
        text = "".join(c if c.isprintable() else json.dumps(c)[1:-1] for c in text)
    return msgspec.json.format(text, indent=2) + "\n"


def schema() -> dict[str, Any]:
    """The JSON schema (draft 2020-12) of what `render` gives."""
    found = msgspec.json.schema(Reports)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **found}
