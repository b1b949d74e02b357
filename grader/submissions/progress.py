"""What a student has done so far: the last result and the last hint of each exercise, in `.grade/`."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from msgspec import Struct

from grader.results import Report, Status
from grader.submissions import memory

_RESULTS: Final = "progress.json"
_HINTS: Final = "hints.json"


class LastResult(Struct, frozen=True, kw_only=True):
    """The last result of one exercise: the work's sha256, where it lay, and what it earned of what was asked."""

    sha256: str
    earned: float
    points: float
    passed: bool
    path: str = ""
    open: tuple[str, ...] | None = None
    """Ids of the checks that are still to be passed; None where an older grader has kept nothing of them."""


def load(root: Path) -> dict[str, LastResult]:
    """Exercise id → last result; empty if nothing (readable) is remembered."""
    return memory.recall(root, _RESULTS, dict[str, LastResult]) or {}


def remember(root: Path, report: Report, path: Path) -> str:
    """Keep a report's result, and that it was of the file at `path`; what is to be said of it, see `memory`."""
    if report.our_fault:
        return ""
    last = LastResult(
        sha256=report.submission.sha256,
        earned=report.earned,
        points=report.points,
        passed=report.passed,
        path=str(path),
        open=tuple(check.id for check in report.checks if check.status not in (Status.PASSED, Status.NOT_GRADABLE)),
    )
    return memory.remember(root, _RESULTS, {**load(root), report.exercise: last})


def hints_seen(root: Path, exercise: str) -> int:
    """The number of the hint that was shown last; 0 before the first."""
    return max(0, (memory.recall(root, _HINTS, dict[str, int]) or {}).get(exercise, 0))


def see_hint(root: Path, exercise: str, number: int) -> None:
    """Keep the number of the hint that was shown last."""
    memory.remember(root, _HINTS, {**(memory.recall(root, _HINTS, dict[str, int]) or {}), exercise: number})


def forget(root: Path, exercise: str) -> None:
    """Forget an exercise's result and hints, as for one that is begun anew."""
    for name, kept in ((_RESULTS, load(root)), (_HINTS, memory.recall(root, _HINTS, dict[str, int]) or {})):
        if exercise in kept:
            memory.remember(root, name, {key: value for key, value in kept.items() if key != exercise})
