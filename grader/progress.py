"""What the board remembers: the last result of each exercise, in `.grade/progress.json`. It can be thrown away."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

import msgspec
from msgspec import Struct

from grader.results import Report


class Entry(Struct, frozen=True, kw_only=True):
    """The last result of one exercise: the work's sha256 and what it earned."""

    sha256: str
    earned: float
    points: float
    passed: bool


def load(root: Path) -> dict[str, Entry]:
    """Exercise id → last result; empty if nothing (readable) is remembered."""
    try:
        return msgspec.json.decode(_file(root).read_bytes(), type=dict[str, Entry])
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return {}


def remember(root: Path, report: Report) -> None:
    """Keep a report's result. A folder that cannot be written to is not worth an error."""
    if report.our_fault:
        return
    entry = Entry(sha256=report.submission.sha256, earned=report.earned, points=report.points, passed=report.passed)
    entries = {**load(root), report.exercise: entry}
    with contextlib.suppress(OSError):
        _file(root).parent.mkdir(exist_ok=True)
        # Written whole and then renamed, so that an interruption leaves the old file.
        draft = _file(root).with_suffix(f".{os.getpid()}.tmp")
        draft.write_bytes(msgspec.json.format(msgspec.json.encode(entries), indent=2) + b"\n")
        draft.replace(_file(root))


def _file(root: Path) -> Path:
    return root / ".grade" / "progress.json"
