"""Everything that `grade` prints goes through here: no other module writes to the terminal."""

from __future__ import annotations

import sys
from typing import Any

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


def complain(sentence: str) -> None:
    """Say on stderr what could not be done."""
    sys.stderr.write(f"grade: {clean(sentence)}\n")
