"""Options that several commands share."""

from __future__ import annotations

import os
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from grader.errors import GraderError
from grader.reports.reveal import Reveal


class Style(StrEnum):
    """How a person is answered: laid out for a terminal, or in plain words, an item a line."""

    TERMINAL = "terminal"
    PLAIN = "plain"


CORES = os.cpu_count() or 1
CourseOption = Annotated[
    Path | None,
    typer.Option("--course", help="The folder that holds exercises/; else GRADE_COURSE names it, or it is around you."),
]
IsolationOption = Annotated[str, typer.Option(help="auto, or a level that is demanded: full, no-namespaces, basic.")]
SeedOption = Annotated[int | None, typer.Option(min=0, max=2**53 - 1, help="Replay a report's random inputs exactly.")]
JobsOption = Annotated[int, typer.Option(min=1, help="How many submissions to grade at a time.")]
RevealOption = Annotated[
    Reveal,
    typer.Option(
        help="What reports show of hidden checks: none, their titles and verdicts, their mistakes' names, too, or all."
    ),
]
StyleOption = Annotated[
    Style,
    typer.Option(
        "--format",
        envvar="GRADE_FORMAT",
        help="plain: words only, an item a line, for screen readers. GRADE_FORMAT=plain makes it so for good.",
    ),
]
DeviceOption = Annotated[str, typer.Option(help="auto, cpu, cuda, cuda:N or mps.")]


def names_of_exercises(incomplete: str) -> list[tuple[str, str]]:
    """Shell completion: the exercises whose name begins so, with their titles."""
    from grader.exercises.course import find_course

    try:
        exercises = find_course().exercises()
    except GraderError:
        return []
    names = [(name, exercise.title) for exercise in exercises for name in (exercise.label, exercise.id)]
    # The long form only where the short one is not meant.
    return [pair for pair in names if pair[0].startswith(incomplete) and ("_" in incomplete or "_" not in pair[0])]


ExerciseArgument = Annotated[str, typer.Argument(help="ex13 or 13", autocompletion=names_of_exercises)]
OptionalExercise = Annotated[
    str | None, typer.Argument(help="ex13 or 13; none: the board's next step.", autocompletion=names_of_exercises)
]
