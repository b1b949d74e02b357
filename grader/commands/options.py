"""What several commands share: exit codes, options, and the secret that hidden checks' inputs follow from."""

from __future__ import annotations

import os
import secrets
from enum import IntEnum, StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader.errors import GraderError, UsageError
from grader.reports.reveal import Reveal

if TYPE_CHECKING:
    from grader.exercises.course import Course


class Exit(IntEnum):
    """What the process ends with."""

    ALL_PASSED = 0
    NOT_ALL = 1
    BAD_INPUT = 2
    OUR_FAULT = 3
    INTERRUPTED = 130


class Style(StrEnum):
    """How a person is answered: laid out for a terminal, or in plain words, an item a line."""

    TERMINAL = "terminal"
    PLAIN = "plain"


CORES = os.cpu_count() or 1
CourseOption = Annotated[Path | None, typer.Option("--course", help="The folder that holds exercises/.")]
IsolationOption = Annotated[str, typer.Option(help="auto, or a level that is demanded: full, no-namespaces, basic.")]
SeedOption = Annotated[int | None, typer.Option(min=0, max=2**53 - 1, help="Replay a report's random inputs exactly.")]
JobsOption = Annotated[int, typer.Option(min=1, help="How many submissions to grade at a time.")]
RevealOption = Annotated[
    Reveal, typer.Option(help="What reports show of hidden checks: none, their titles and verdicts, or all.")
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


def seed_or_new(seed: int | None) -> int:
    """The seed that was asked for, or a fresh one."""
    return secrets.randbelow(2**31) if seed is None else seed


def secret_of(course: Course) -> bytes:
    """The key that hidden checks' seeds follow from: GRADE_SECRET, or a file made once beside the solutions.

    Raises:
        UsageError: if there is none and none can be made.
    """
    if told := os.environ.get("GRADE_SECRET"):
        return told.encode()
    path = course.root / "solutions" / ".seed_secret"
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(secrets.token_hex(32).encode())
    except OSError:
        pass
    try:
        return path.read_bytes()
    except OSError as error:
        raise UsageError(
            f"{path} cannot be written, and hidden checks need a secret. Set GRADE_SECRET ({error.strerror})."
        ) from None
