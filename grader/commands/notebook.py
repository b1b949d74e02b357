"""grade notebook: an exercise's stub as a notebook."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from grader.commands.console import say, write_file
from grader.commands.options import CourseOption
from grader.errors import UsageError


def notebook(
    exercise: Annotated[str, typer.Argument(help="ex13, 13, …")],
    out: Annotated[Path | None, typer.Argument(help="The file to write; none: named like the stub, here.")] = None,
    course: CourseOption = None,
) -> None:
    """Make a notebook of an exercise: its statement, and its stub cell by cell."""
    from grader.exercises.course import find_course
    from grader.submissions.twins import twin
    from grader.submissions.work import notebook_name

    found = find_course(course).find(exercise)
    path = out or Path(notebook_name(found))
    if path.suffix != ".ipynb":
        raise UsageError(f"{path}: a notebook's name ends in .ipynb.")
    if path.exists():
        raise UsageError(f"{path} exists already, and may hold your work. Name another file, or move it away.")
    write_file(path, twin(found))
    say(f"{path} is ready. Grade it from inside, or with: grade {path}")
