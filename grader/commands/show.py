"""grade show: what an exercise asks for, and, with the instructor's leave, how it may be done."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from grader.commands.console import page, say
from grader.commands.options import CourseOption, ExerciseArgument, Style, StyleOption
from grader.errors import UsageError


def show(
    exercise: ExerciseArgument,
    solution: Annotated[
        bool, typer.Option("--solution", help="Our solution, if your instructor has released it.")
    ] = False,
    instructor: Annotated[
        bool, typer.Option("--instructor", help="What instructors should know of it: what its points rest on.")
    ] = False,
    course: CourseOption = None,
    format: StyleOption = Style.TERMINAL,
) -> None:
    """Show what an exercise asks for."""
    from grader.exercises.course import find_course
    from grader.submissions.own import own_file, shown

    found = find_course(course).find(exercise)
    if solution:
        if not found.reveal:
            raise UsageError(f"The solution of {found.label} is not shown: your instructor has not released it.")
        if found.solution_path is None or not found.solution_path.is_file():
            raise UsageError(f"The solution of {found.label} is not on this machine: ask your instructor for it.")
        _print(_text(found.solution_path), "python", format)
        return
    if instructor:
        if found.solution_folder is None or not found.has_hidden_checks:
            raise UsageError(f"What instructors should know of {found.label} is in solutions/, which is not here.")
        from grader.exercises import weights

        _print(weights.statement(found, found.load_checks(hidden=True)), "markdown", format)
        return
    _print(_text(found.statement_path), "markdown", format, f"Your file: {shown(own_file(found))}")


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}.") from None


def _print(text: str, language: str, format: Style, last: str = "") -> None:
    if format is Style.PLAIN:
        say(f"{text}\n{last}" if last else text)
        return
    from grader.reports import statement

    page(
        *([statement.markdown(text), *([last] if last else [])] if language == "markdown" else [statement.python(text)])
    )
