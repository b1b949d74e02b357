"""Everything that `grade` prints goes through here: no other module writes to the terminal."""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Callable, Iterator
from typing import Any

from grader.reports.text import clean

LINE_EVERY_S = 5.0


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


@contextlib.contextmanager
def live(render: Callable[[], Any], line: Callable[[], str]) -> Iterator[Callable[[], None]]:
    """Show how something goes on: redrawn on a terminal, a line now and then elsewhere.

    Args:
        render: what rich is to show.
        line: the same on one line.

    Yields:
        To be called whenever there is news.
    """
    from rich.console import Console

    console = Console(highlight=False, markup=False)
    if console.is_terminal:
        from rich.live import Live

        with Live(render(), console=console, refresh_per_second=8, get_renderable=render):
            yield lambda: None
        return
    last = [time.monotonic()]

    def news() -> None:
        if time.monotonic() - last[0] >= LINE_EVERY_S:
            last[0] = time.monotonic()
            say(line())
            sys.stdout.flush()

    yield news
    say(line())


def complain(sentence: str) -> None:
    """Say on stderr what could not be done."""
    sys.stderr.write(f"grade: {clean(sentence)}\n")
