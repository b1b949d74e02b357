"""grade classroom50: the folder of an autograder for Classroom 50."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from grader.commands.console import say
from grader.commands.options import CourseOption


def classroom50(
    out: Annotated[Path, typer.Argument(help="A new folder: CLASSROOM/autograders/SLUG of your configuration.")],
    exercises: Annotated[list[str] | None, typer.Argument(help="ex13, 13, …; none: all.")] = None,
    course: CourseOption = None,
) -> None:
    """For instructors: make the folder of a Classroom 50 autograder. Students can read it: public checks only."""
    from grader.authoring import classroom50 as autograder
    from grader.authoring import release
    from grader.errors import UsageError
    from grader.exercises.course import find_course
    from grader.text import counted

    if out.suffix == ".zip":
        raise UsageError(f"{out}: Classroom 50 takes a folder; choose a name that does not end in .zip.")
    found = find_course(course)
    wanted = [found.find(name) for name in exercises] if exercises else list(found.exercises())
    kit = autograder.build(found, wanted)
    release.write(kit, out)
    say(f"{out}: {counted(len(wanted), 'exercise')}, {len(kit)} files, no hidden checks: students can read it.")
    say("It is feedback. Marks come from what you download: grade class REPOSITORIES -o RESULTS")
