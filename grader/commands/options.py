"""What several commands share: exit codes, options, and the secret that hidden checks' inputs follow from."""

from __future__ import annotations

import os
import secrets
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from grader.errors import UsageError
from grader.reveal import Reveal

if TYPE_CHECKING:
    from grader.exercises import Course


class Exit(IntEnum):
    """What the process ends with."""

    ALL_PASSED = 0
    NOT_ALL = 1
    BAD_INPUT = 2
    OUR_FAULT = 3
    INTERRUPTED = 130


CORES = os.cpu_count() or 1
CourseOption = Annotated[Path | None, typer.Option("--course", help="The folder that holds exercises/.")]
IsolationOption = Annotated[str, typer.Option(help="auto, or a level that is demanded: full, no-namespaces, basic.")]
SeedOption = Annotated[int | None, typer.Option(min=0, max=2**53 - 1, help="Replay a report's random inputs exactly.")]
JobsOption = Annotated[int, typer.Option(min=1, help="How many submissions to grade at a time.")]
RevealOption = Annotated[
    Reveal, typer.Option(help="What reports show of hidden checks: none, their titles and verdicts, or all.")
]
DeviceOption = Annotated[str, typer.Option(help="auto, cpu, cuda, cuda:N or mps.")]


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
