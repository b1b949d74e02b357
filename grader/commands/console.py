"""Everything that `grade` prints goes through here: no other module writes to the terminal."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from grader.errors import UsageError
from grader.reports.text import clean


def say(what: Any) -> None:
    """Print a text, or something that rich renders."""
    if isinstance(what, str):  # rich takes a moment to import, and plain text does not need it
        sys.stdout.write(what + "\n")
        return
    from rich.console import Console

    Console(highlight=False, markup=False).print(what)


def write(text: str) -> None:
    """Write a text as it is, for other programs to read."""
    sys.stdout.write(text)


def write_file(path: Path, text: str) -> None:
    """Write a file that the person asked for.

    Raises:
        UsageError: if it cannot be written.
    """
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror}.") from None


def complain(sentence: str) -> None:
    """Say on stderr what could not be done."""
    sys.stderr.write(f"grade: {clean(sentence)}\n")
