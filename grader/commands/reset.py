"""grade reset: begin an exercise anew, and keep what was there."""

from __future__ import annotations

from grader.commands.console import say
from grader.commands.options import CourseOption, ExerciseArgument


def reset(exercise: ExerciseArgument, course: CourseOption = None) -> None:
    """Make your file the stub again. What was in it is kept beside it, under a name with the date."""
    from datetime import datetime

    from grader.exercises.course import find_course
    from grader.submissions import copies, progress
    from grader.submissions.own import shown

    around = find_course(course)
    found = around.find(exercise)
    restored = copies.reset(found, datetime.now())
    progress.forget(around.root, found.id)
    if restored.kept is None:
        say(f"{shown(restored.path)} is the stub as it was handed out.")
    else:
        say(f"{shown(restored.path)} is the stub again. Your work is kept in {shown(restored.kept)}.")
