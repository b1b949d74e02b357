"""grade new: the beginning of an exercise."""

from __future__ import annotations

from typing import Annotated

import typer

from grader.commands.console import say
from grader.commands.options import CourseOption


def new(
    exercise: Annotated[str, typer.Argument(help="The id of the new exercise, as in ex16_attention.")],
    course: CourseOption = None,
) -> None:
    """For authors: make a new exercise's two folders, filled with a small example that works."""
    from grader.authoring.scaffold import create
    from grader.exercises.course import find_course

    found = find_course(course)
    made = create(found, exercise)
    say(f"In {found.root}:")
    for path in made:
        say(f"  {path.relative_to(found.root)}")
    say(f"It is proven already: grade verify {exercise}\nNow make it yours; docs/authoring.md leads the way.")
