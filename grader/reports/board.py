"""The board: every exercise with its status, points and the next step."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.table import Table
from rich.text import Text

from grader.exercises.exercise import Exercise
from grader.submissions.progress import Entry

Row = tuple[Exercise, Entry | None, str]
"""An exercise, its last result or None, and the sha256 of the student's file as it is now."""
_NARROW = 64
"""Columns below which titles are left out: the id says nearly the same."""
_BAR_WIDTH, _POINTS_WIDTH = 40, 22


class Standing(StrEnum):
    """How far a student is with an exercise, in the words of the board."""

    NEW = "not graded yet"
    CHANGED = "changed since it was graded"
    STARTED = "started"
    DONE = "done"


_STYLES = {Standing.NEW: "dim", Standing.CHANGED: "yellow", Standing.STARTED: "yellow", Standing.DONE: "green"}


def standing_of(entry: Entry | None, sha256: str) -> Standing:
    """The standing of an exercise with this last result, whose file now has this sha256."""
    if entry is None:
        return Standing.NEW
    if entry.sha256 != sha256:
        return Standing.CHANGED
    return Standing.DONE if entry.passed else Standing.STARTED


def next_step(rows: Sequence[Row], after: str = "") -> Exercise | None:
    """The first exercise that is not done, counting from the one behind `after`; None if all are done."""
    start = next((index + 1 for index, (exercise, _, _) in enumerate(rows) if exercise.id == after), 0)
    ahead = (*rows[start:], *rows[:start])
    open_ones = (e for e, entry, sha256 in ahead if standing_of(entry, sha256) is not Standing.DONE)
    return next((exercise for exercise in open_ones if exercise.id != after), None)


def advice(rows: Sequence[Row]) -> list[str]:
    """What to do next, a line each."""
    exercise = next_step(rows)
    done = [e for e, entry, sha256 in rows if standing_of(entry, sha256) is Standing.DONE]
    if exercise is None:
        return ["Every exercise is done. Well done!"]
    praise = [f"Full marks in {len(done)} of {len(rows)} exercises: well done!"] if done else []
    return [
        *praise,
        f"Next: {exercise.label}, {exercise.title}.",
        f"To read it: grade show {exercise.label}",
        f"To have your file checked whenever you save it: grade watch {exercise.label}",
    ]


def congratulation(exercise: Exercise, rows: Sequence[Row]) -> str:
    """What full marks are answered with: praise, the way to the solution where it may be read, what comes next."""
    sentences = [f"Full marks for {exercise.label}: well done!"]
    if exercise.reveal and exercise.solution_path and exercise.solution_path.is_file():
        sentences.append(f"grade show {exercise.label} --solution shows our way to do it.")
    following = next_step(rows, exercise.id)
    if following is None:
        sentences.append("And that was the last one: every exercise is done.")
    else:
        sentences.append(f"Next: {following.label}, {following.title} (grade show {following.label}).")
    return " ".join(sentences)


def render(rows: Sequence[Row]) -> RenderableType:
    """The board, as it is printed."""
    return _Board(rows)


@dataclass(frozen=True)
class _Board:
    rows: Sequence[Row]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        narrow = options.max_width < _NARROW
        earned = sum(entry.earned if entry else 0.0 for _, entry, _ in self.rows)
        total = sum(exercise.points for exercise, _, _ in self.rows)
        width = min(_BAR_WIDTH, max(0, options.max_width - _POINTS_WIDTH))
        filled = math.floor(width * earned / total) if total else 0  # full means all of it
        bar = Text.assemble(("█" * filled, "green"), ("░" * (width - filled), "dim"))
        yield self._table(narrow)
        yield Text("")
        yield Text.assemble(bar, (f"  {earned:g} of {total:g} points", "bold"))
        yield Text("")
        for line in advice(self.rows):
            yield Text(line, "cyan")

    def _table(self, narrow: bool) -> Table:
        table = Table(box=None, padding=(0, 2 - narrow, 0, 0), header_style="dim", pad_edge=False)
        table.add_column("exercise", overflow="fold")
        if not narrow:
            table.add_column("")
        table.add_column("points", justify="right", no_wrap=True)
        table.add_column("status")
        for exercise, entry, sha256 in self.rows:
            standing = standing_of(entry, sha256)
            points = f"{entry.earned:g}/{exercise.points:g}" if entry else f"–/{exercise.points:g}"
            name = [Text(exercise.label), Text(exercise.title)] if not narrow else [Text(exercise.label)]
            table.add_row(*name, points, Text(standing.value, _STYLES[standing]))
        return table
