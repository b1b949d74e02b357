"""A file that may be a student's work for an exercise: how it compares with others, its content, why it was chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import Final

from grader.classroom.intake import layouts
from grader.classroom.intake.items import LARGEST, Found, Unreadable, shown
from grader.sandbox.reader import Conversation
from grader.submissions.work import Work, check_kind, read_stream
from grader.text import label

_NAMED: Final = 5
"""Files that one note names."""


@dataclass(frozen=True)
class Candidate:
    """A file that may be a student's work for an exercise; the greatest is."""

    sureness: int
    name: str
    found: Found

    @property
    def rank(self) -> tuple[int, float, int, tuple[str, ...]]:
        """Well named before badly named, then newer before older, then the higher number of a copy."""
        return (
            -self.sureness,
            self.found.modified,
            layouts.copy_number(PurePosixPath(self.name).stem),
            self.found.parts,
        )


def read(candidate: Candidate, reader: Conversation) -> Work:
    """The work.

    Raises:
        Unreadable, UsageError: with a sentence that names the file.
    """
    place = shown(candidate.found.parts)
    check_kind(Path(place))
    if candidate.found.size > LARGEST:
        raise Unreadable(f"{place} is {candidate.found.size / (1 << 20):,.0f} MB, and a solution is a few kilobytes.")
    try:
        with candidate.found.open() as file:
            return read_stream(candidate.name, file, reader=reader)
    except Unreadable as error:
        raise Unreadable(f"{place} {error}.") from None
    except OSError as error:
        raise Unreadable(f"{place} cannot be read: {error.strerror}.") from None


def choice(exercise: str, best: Candidate, others: Sequence[Candidate]) -> str:
    """Which of several files is graded, and why."""
    if best.sureness < min(other.sureness for other in others):
        why = "named most like the stub"
    elif best.found.modified > max(o.found.modified for o in others if o.sureness == best.sureness):
        why = f"the newest, of {datetime.fromtimestamp(best.found.modified, UTC):%Y-%m-%d %H:%M:%S} UTC"
    else:
        why = "the last by name, since all are equally old"
    left = listed([shown(other.found.parts) for other in others])
    return f"{label(exercise)}: of {len(others) + 1} files {shown(best.found.parts)} was graded, {why}; not {left}."


def listed(names: Sequence[str]) -> str:
    """A few of the names, and how many more there are."""
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return ", ".join(names[:_NAMED]) + more
