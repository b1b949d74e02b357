"""grade open: the student's file in the editor, at the first thing to repair."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from grader.commands.editor import open_at
from grader.commands.options import CourseOption, ExerciseArgument

if TYPE_CHECKING:
    from grader.exercises.course import Course
    from grader.exercises.exercise import Exercise


def open_(exercise: ExerciseArgument, course: CourseOption = None) -> None:
    """Open your file in $VISUAL or $EDITOR, at the first thing to repair."""
    from grader.exercises.course import find_course
    from grader.submissions.own import own_file

    around = find_course(course)
    found = around.find(exercise)
    path = own_file(found)
    open_at(path, _first_line(around, found, path))


def _first_line(course: Course, exercise: Exercise, path: Path) -> int:
    """Where the first check that is still open asks, as far as that is remembered; else what is still to be written."""
    from grader.reports.lines import line_of
    from grader.submissions import progress
    from grader.submissions.work import read

    if path.suffix != ".py":
        return 1
    text = read(path).text
    last = progress.load(course.root).get(exercise.id)
    if last and last.open:
        titles = {check.id: check.title for check in exercise.load_checks(hidden=True)}
        line = next((line for name in last.open if (line := line_of(titles.get(name, ""), text)) > 1), 1)
        if line > 1:
            return line
    lines = text.splitlines()
    return next((number for number, line in enumerate(lines, 1) if "raise NotImplementedError" in line), 1)
