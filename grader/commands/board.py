"""grade board: all exercises, their points, and the next step."""

from __future__ import annotations

from grader.commands.console import say
from grader.commands.options import CourseOption


def board(course: CourseOption = None) -> None:
    """Show all exercises, their points, and the next step: the same as `grade` alone."""
    from grader import progress
    from grader.exercises import find_course
    from grader.reports.board import render
    from grader.submissions import own_file, sha256_of

    found = find_course(course)
    remembered = progress.load(found.root)
    say(
        render(
            [(exercise, remembered.get(exercise.id), sha256_of(own_file(exercise))) for exercise in found.exercises()]
        )
    )
