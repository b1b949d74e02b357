"""grade list: every exercise in a line, for whoever only looks for its name."""

from __future__ import annotations

from grader.commands.board import rows_of
from grader.commands.console import say
from grader.commands.options import CourseOption


def list_(course: CourseOption = None) -> None:
    """List all exercises, a short line each: name, points, title."""
    from grader.exercises.course import find_course

    for row in rows_of(find_course(course)):
        earned = f"{row.last.earned:g}" if row.last else "–"
        say(f"{row.label:<6} {earned:>4}/{row.points:<4g} {row.title}")
