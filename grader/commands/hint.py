"""grade hint: one hint after the other."""

from __future__ import annotations

import shutil
import textwrap
from typing import TYPE_CHECKING, Annotated

import typer

from grader.commands.console import say
from grader.commands.options import CourseOption, ExerciseArgument, Style, StyleOption
from grader.errors import UsageError

if TYPE_CHECKING:
    from grader.exercises.course import Course
    from grader.exercises.exercise import Exercise


def hint(
    exercise: ExerciseArgument,
    number: Annotated[
        int | None,
        typer.Argument(min=1, help="Which hint, from a nudge to nearly the answer; none: the next."),
    ] = None,
    all_: Annotated[bool, typer.Option("--all", help="All hints.")] = False,
    course: CourseOption = None,
    format: StyleOption = Style.TERMINAL,
) -> None:
    """Show the next hint for an exercise: each time one more."""
    from grader.exercises.course import find_course
    from grader.submissions import progress

    around = find_course(course)
    found = around.find(exercise)
    count = len(found.hints)
    if number is not None and number > count:
        raise UsageError(f"{found.id} has {count} hints; there is no number {number}.")
    if all_:
        for index in range(1, count + 1):
            say(text_of(found, index, format))
        return
    if number is None:
        number, text = next_hint(around, found, format)
    else:
        progress.see_hint(around.root, found.id, number)
        text = text_of(found, number, format)
    say(text)
    if number < count:
        say(f"Still stuck? grade hint {found.label}")


def next_hint(course: Course, exercise: Exercise, format: Style) -> tuple[int, str]:
    """The number and the words of the next hint that helps with what still fails, or of the last again.

    It counts as shown.

    Raises:
        UsageError: if the exercise has no hints, or none about what still fails.
    """
    from grader.exercises.hints import next_number
    from grader.submissions import progress

    count = len(exercise.hints)
    if not count:
        raise UsageError(f"{exercise.label} has no hints.")
    seen, last = progress.hints_seen(course.root, exercise.id), progress.load(course.root).get(exercise.id)
    number = next_number(exercise.hints, seen, last.open if last else None)
    if number is None:
        raise UsageError(
            f"What the hints of {exercise.label} are about has passed. "
            f"To read them all: grade hint {exercise.label} --all"
        )
    progress.see_hint(course.root, exercise.id, number)
    again = f"\nThat is the last one. grade hint {exercise.label} 1 begins again." if number <= seen else ""
    return number, text_of(exercise, number, format) + again


def text_of(exercise: Exercise, number: int, format: Style) -> str:
    """One hint with its heading."""
    heading = f"{exercise.title}, hint {number} of {len(exercise.hints)}:"
    if format is Style.PLAIN:
        return f"{heading} {exercise.hints[number - 1].text}"
    width = min(100, shutil.get_terminal_size().columns)
    lines = textwrap.wrap(exercise.hints[number - 1].text, max(20, width - 2), break_on_hyphens=False)
    return "\n".join([heading, *(f"  {line}" for line in lines)])
