"""The board: every exercise with its status, points and the next step."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from grader.exercises import Exercise
from grader.progress import Entry


def render(rows: Sequence[tuple[Exercise, Entry | None, str]]) -> RenderableType:
    """The board of (exercise, last result or None, sha256 of the student's file as it is now)."""
    table = Table(box=None, padding=(0, 2, 0, 0), header_style="dim")
    table.add_column("exercise", no_wrap=True)
    table.add_column("")
    table.add_column("points", justify="right", no_wrap=True)
    table.add_column("status")
    next_step = None
    earned = 0.0
    for exercise, entry, sha256 in rows:
        status, style, done = _status(entry, sha256)
        points = f"{entry.earned:g}/{exercise.points:g}" if entry else f"–/{exercise.points:g}"
        earned += entry.earned if entry else 0.0
        table.add_row(exercise.id, Text(exercise.title), points, Text(status, style))
        if not done and next_step is None:
            next_step = exercise
    total = sum(exercise.points for exercise, _, _ in rows)
    return Group(table, Text(""), Text(f"{earned:g} of {total:g} points. ", "bold"), _advice(next_step))


def _status(entry: Entry | None, sha256: str) -> tuple[str, str, bool]:
    if entry is None:
        return "not graded yet", "dim", False
    if entry.sha256 != sha256:
        return "changed since it was graded", "yellow", False
    return ("done", "green", True) if entry.passed else ("started", "yellow", False)


def _advice(exercise: Exercise | None) -> Text:
    if exercise is None:
        return Text("Every exercise is done. Well done!", "green")
    label = exercise.id.split("_")[0]
    folder = f"{exercise.folder.parent.name}/{exercise.id}"
    return Text(f"Next: read {folder}/README.md and fill {exercise.stub}.\nThen: grade {label}", "cyan")
