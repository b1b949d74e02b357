"""grade new: the beginning of an exercise, or of a course."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from grader.commands.console import say
from grader.commands.options import CourseOption
from grader.errors import UsageError


def new(
    exercise: Annotated[str, typer.Argument(help="The id of the new exercise, as in ex16_attention; or: course.")],
    folder: Annotated[Path | None, typer.Argument(help="For a course: the folder to make.")] = None,
    course: CourseOption = None,
) -> None:
    """For authors: make a new exercise's two folders, filled with a small example that works; or a new course."""
    if exercise == "course":
        _new_course(folder)
        return
    if folder is not None:
        raise UsageError(f"Only a course takes a folder: grade new course {folder}")
    from grader.authoring.scaffold import create
    from grader.exercises.course import find_course

    found = find_course(course)
    made = create(found, exercise)
    say(f"In {found.root}:")
    for path in made:
        say(f"  {path.relative_to(found.root)}")
    say(f"It is proven already: grade verify {exercise}\nNow make it yours; docs/authoring.md leads the way.")


def _new_course(folder: Path | None) -> None:
    """Unpack the exercises that came with this package.

    Raises:
        UsageError: if no folder is named, or something is there already.
    """
    from grader.authoring import release
    from grader.text import counted

    if folder is None:
        raise UsageError("Say which folder to make: grade new course FOLDER")
    release.check_target(folder)
    kit = release.unpacked()
    release.write(kit, folder)
    stubs = sum(name.endswith("/exercise.toml") for name in kit)
    notebooks = any(name.endswith(".ipynb") for name in kit)
    say(f"{folder}: {counted(stubs, 'exercise')}{' with their notebooks' if notebooks else ''}.")
    say(f"To begin: cd {folder} && grade next")
