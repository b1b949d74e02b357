"""grade start: a copy of the stub to work on."""

from __future__ import annotations

from typing import Annotated

import typer

from grader.commands.console import say
from grader.commands.options import CourseOption, ExerciseArgument


def start(
    exercise: ExerciseArgument,
    notebook: Annotated[bool, typer.Option("--notebook", help="As a notebook, with the statement in it.")] = False,
    course: CourseOption = None,
) -> None:
    """Copy an exercise's stub into this folder, to work on. Work that is there already is left as it is."""
    from grader.exercises.course import find_course
    from grader.submissions import copies
    from grader.submissions.own import shown

    found = find_course(course).find(exercise)
    started = copies.start(found, notebook=notebook)
    say(
        f"{shown(started.path)} is yours to fill."
        if started.new
        else f"You have started already: your file is {shown(started.path)}. Nothing was changed."
    )
    say(f"To read what it is about: grade show {found.label}")
    say(f"To have your file checked whenever you save it: grade watch {found.label}")
