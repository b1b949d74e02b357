"""grade board: all exercises, their points, and the next step."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from grader.commands.console import say
from grader.commands.options import CourseOption, Style, StyleOption

if TYPE_CHECKING:
    from grader.exercises.course import Course
    from grader.reports.board import Row


def board(course: CourseOption = None, format: StyleOption = Style.TERMINAL) -> None:
    """Show all exercises, their points, and the next step: the same as `grade` alone."""
    from grader.exercises.course import find_course
    from grader.reports import board as report
    from grader.reports import plain

    rows = rows_of(find_course(course))
    say(plain.board(rows) if format is Style.PLAIN else report.render(rows))


def rows_of(course: Course) -> list[Row]:
    """What the board shows: every exercise, its last result, and the sha256 of the student's file as it is now."""
    from grader.reports.board import Row
    from grader.submissions import progress
    from grader.submissions.own import own_file
    from grader.submissions.stubs import is_untouched
    from grader.submissions.work import sha256_of

    remembered = progress.load(course.root)
    rows = []
    for exercise in course.exercises():
        last, path = remembered.get(exercise.id), own_file(exercise)
        # What was graded in another folder has not changed because the file that is meant here is still the stub.
        if last and last.path and Path(last.path) != path.resolve() and is_untouched(exercise, path):
            path = Path(last.path)
        solution = exercise.reveal and exercise.solution_path is not None and exercise.solution_path.is_file()
        rows.append(Row(exercise.id, exercise.label, exercise.title, exercise.points, last, sha256_of(path), solution))
    # The text of the chapter comes before its exercises: labs first.
    return sorted(rows, key=lambda row: not row.label.startswith("lab"))
