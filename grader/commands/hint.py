"""grade hint: one hint after the other."""

from __future__ import annotations

from typing import Annotated

import typer

from grader.commands.console import say
from grader.commands.options import CourseOption
from grader.errors import UsageError


def hint(
    exercise: Annotated[str, typer.Argument(help="ex13, 13, …")],
    number: Annotated[int, typer.Argument(min=1, help="Which hint; they go from a nudge to nearly the answer.")] = 1,
    all_: Annotated[bool, typer.Option("--all", help="All hints.")] = False,
    course: CourseOption = None,
) -> None:
    """Show a hint for an exercise."""
    from grader.exercises import find_course

    found = find_course(course).find(exercise)
    if number > len(found.hints):
        raise UsageError(f"{found.id} has {len(found.hints)} hints; there is no number {number}.")
    shown = range(1, len(found.hints) + 1) if all_ else [number]
    for index in shown:
        say(f"{found.title}, hint {index} of {len(found.hints)}:\n  {found.hints[index - 1]}")
    if not all_ and number < len(found.hints):
        say(f"Still stuck? grade hint {exercise} {number + 1}")
