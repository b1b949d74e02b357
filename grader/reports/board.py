"""The board: every exercise with its status, points and the next step."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from rich.console import Console, ConsoleOptions, RenderableType, RenderResult
from rich.table import Table
from rich.text import Text

from grader.submissions.progress import LastResult

_NARROW = 64
"""Columns below which titles are left out: the id says nearly the same."""
_BAR_WIDTH, _POINTS_WIDTH = 40, 22


class Standing(StrEnum):
    """How far a student is with an exercise, in the words of the board."""

    NEW = "not graded yet"
    CHANGED = "changed since it was graded"
    STARTED = "started"
    PUBLIC = "all that can be asked here"
    """Every public check passed; the instructor asks more."""
    DONE = "done"


@dataclass(frozen=True)
class Row:
    """An exercise on the board.

    Attributes:
        id, label, title, points: the exercise's.
        last: its last result; None if there is none.
        sha256: of the student's file as it is now.
        solution: whether the student may read the reference solution.
    """

    id: str
    label: str
    title: str
    points: float
    last: LastResult | None
    sha256: str
    solution: bool = False

    @property
    def standing(self) -> Standing:
        """How far the student is."""
        if self.last is None:
            return Standing.NEW
        if self.last.sha256 != self.sha256:
            return Standing.CHANGED
        if not self.last.passed:
            return Standing.STARTED
        return Standing.PUBLIC if self.asked_elsewhere else Standing.DONE

    @property
    def asked_elsewhere(self) -> float:
        """Points of checks that were not asked here, when it was graded last."""
        return max(0.0, self.points - self.last.points) if self.last else 0.0

    @property
    def is_to_do(self) -> bool:
        """Whether there is something that the student can still do here."""
        return self.standing not in (Standing.PUBLIC, Standing.DONE)


_STYLES = {Standing.NEW: "dim", Standing.CHANGED: "yellow", Standing.STARTED: "yellow"}
_STYLES |= {Standing.PUBLIC: "green", Standing.DONE: "green"}


def next_step(rows: Sequence[Row], after: str = "") -> Row | None:
    """The first exercise in which something is to do, counting from the one behind `after`; None if there is none."""
    start = next((index + 1 for index, row in enumerate(rows) if row.id == after), 0)
    ahead = (*rows[start:], *rows[:start])
    return next((row for row in ahead if row.is_to_do and row.id != after), None)


def advice(rows: Sequence[Row]) -> list[str]:
    """What to do next, a line each."""
    following = next_step(rows)
    done = sum(row.standing is Standing.DONE for row in rows)
    public = [row for row in rows if row.standing is Standing.PUBLIC]
    more = f"{sum(row.asked_elsewhere for row in public):g} more points are asked by your instructor."
    if following is None:
        if public:
            return [f"All that can be asked here is right in every exercise: well done! {more}"]
        return ["Every exercise is done. Well done!"]
    praise = [f"Full marks in {done} of {len(rows)} exercises: well done!"] if done else []
    if public:
        praise.append(f"All that can be asked here is right in {len(public)} of {len(rows)} exercises; {more}")
    return [
        *praise,
        f"Next: {following.label}, {following.title}.",
        f"To read it: grade show {following.label}",
        f"To have your file checked whenever you save it: grade watch {following.label}",
    ]


def congratulation(exercise_id: str, rows: Sequence[Row]) -> str:
    """What a work that passed is answered with: what it has earned, the way to the solution where it may be read, and
    what comes next."""
    done = next(row for row in rows if row.id == exercise_id)
    sentences = [f"Full marks for {done.label}: well done!"]
    if done.asked_elsewhere and done.last:
        asked = f"All {done.last.points:g} points that can be asked here"
        sentences = [f"{asked}; {done.asked_elsewhere:g} more are asked by your instructor."]
    if done.solution:
        sentences.append(f"grade show {done.label} --solution shows our way to do it.")
    following = next_step(rows, exercise_id)
    if following is None:
        done_all = all(row.standing is Standing.DONE for row in rows)
        rest = "every exercise is done." if done_all else "in every exercise all that can be asked here is right."
        sentences.append(f"And that was the last one: {rest}")
    else:
        sentences.append(f"Next: {following.label}, {following.title} (grade show {following.label}).")
    return " ".join(sentences)


def groups(rows: Sequence[Row]) -> list[tuple[str, Sequence[Row]]]:
    """The rows in groups, labs and exercises, each with its name; all in one without a name if they are alike."""
    found: list[tuple[str, Sequence[Row]]] = [
        ("labs", [row for row in rows if row.label.startswith("lab")]),
        ("exercises", [row for row in rows if not row.label.startswith("lab")]),
    ]
    return found if all(part for _, part in found) else [("", rows)]


def earned_of(rows: Sequence[Row]) -> str:
    """For example "12.5 of 40 points"."""
    earned = sum(row.last.earned if row.last else 0.0 for row in rows)
    return f"{earned:g} of {sum(row.points for row in rows):g} points"


def render(rows: Sequence[Row]) -> RenderableType:
    """The board, as it is printed."""
    return _Board(rows)


@dataclass(frozen=True)
class _Board:
    rows: Sequence[Row]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        narrow = options.max_width < _NARROW
        earned = sum(row.last.earned if row.last else 0.0 for row in self.rows)
        total = sum(row.points for row in self.rows)
        width = min(_BAR_WIDTH, max(0, options.max_width - _POINTS_WIDTH))
        filled = math.floor(width * earned / total) if total else 0  # full means all of it
        bar = Text.assemble(("█" * filled, "green"), ("░" * (width - filled), "dim"))
        for name, part in groups(self.rows):
            yield self._table(name or "exercise", part, narrow)
            yield Text("")
            if name:
                yield Text(f"{name}: {earned_of(part)}\n")
        yield Text.assemble(bar, (f"  {earned_of(self.rows)}", "bold"))
        yield Text("")
        for line in advice(self.rows):
            yield Text(line, "cyan")

    def _table(self, name: str, rows: Sequence[Row], narrow: bool) -> Table:
        table = Table(box=None, padding=(0, 2 - narrow, 0, 0), header_style="dim", pad_edge=False)
        table.add_column(name, overflow="fold")
        if not narrow:
            table.add_column("")
        table.add_column("points", justify="right", no_wrap=True)
        table.add_column("status")
        for row in rows:
            points = f"{row.last.earned:g}/{row.points:g}" if row.last else f"–/{row.points:g}"
            names = [Text(row.label), Text(row.title)] if not narrow else [Text(row.label)]
            table.add_row(*names, points, Text(row.standing.value, _STYLES[row.standing]))
        return table
