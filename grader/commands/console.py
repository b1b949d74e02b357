"""Everything that `grade` prints goes through here: no other module writes to the terminal."""

from __future__ import annotations

import codecs
import contextlib
import io
import os
import sys
import time
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

from grader.errors import UsageError
from grader.text import clean, spell

if TYPE_CHECKING:
    from pathlib import Path

    from rich.console import Console


def prepare() -> None:
    """Make any text printable: what a code page lacks is spelled in ASCII, where it would be an error otherwise."""
    codecs.register_error("spell", _spell)
    if not os.environ.get("COLUMNS", "80").isdigit() or int(os.environ.get("COLUMNS", "80")) < NARROWEST:
        del os.environ["COLUMNS"]  # as some CI services set it: 0 columns would show nothing
    if sys.stdout is None:  # it was closed by whoever started us
        sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 - for as long as this process lives
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="spell")


@contextlib.contextmanager
def _writing() -> Iterator[None]:
    """Where standard output cannot be written to, the rest of it goes nowhere: that changes no verdict's exit code.

    A reader that has left knows; about a full disk a sentence is said.
    """
    try:
        yield
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        if not isinstance(error, BrokenPipeError):
            complain(f"the output could not be written: {error.strerror}.")


def flush() -> None:
    """Push out what was printed, while somebody can still be told that it is lost."""
    with _writing():
        sys.stdout.flush()


def _spell(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return spell(error.object[error.start : error.end]), error.end


LINE_EVERY_S = 5.0
NARROWEST = 20
"""Columns below which nothing could be read."""


def say(what: Any) -> None:
    """Print a text, or something that rich renders."""
    with _writing():
        if isinstance(what, str):  # rich takes a moment to import, and plain text does not need it
            sys.stdout.write(what + "\n")
        else:
            _console().print(what)


def page(*parts: Any) -> None:
    """Print texts, or what rich renders; through a pager if that is longer than the terminal."""
    console = _console()
    height = sum(len(console.render_lines(part)) for part in parts) if console.is_terminal else 0
    if height < console.height:
        for part in parts:
            say(part)
        return
    os.environ.setdefault("LESS", "-R")  # colours are shown, not spelled
    with _writing(), console.pager(styles=True):
        for part in parts:
            console.print(part)


def write(text: str) -> None:
    """Write a text as it is, for other programs to read: in UTF-8, whatever a terminal's code page is."""
    with _writing():
        if isinstance(sys.stdout, io.TextIOWrapper) and not sys.stdout.isatty():
            sys.stdout.flush()
            sys.stdout.buffer.write(text.encode("utf-8", "backslashreplace"))
            sys.stdout.buffer.flush()
        else:
            sys.stdout.write(text)


@contextlib.contextmanager
def live(
    render: Callable[[], Any], line: Callable[[], str] | None = None, *, transient: bool = False
) -> Iterator[Callable[[], None]]:
    """Show how something goes on: redrawn on a terminal, a line now and then elsewhere.

    Args:
        render: what rich is to show.
        line: the same on one line; None: elsewhere nothing is shown, since what is printed meanwhile is enough.
        transient: whether a terminal forgets it afterwards.

    Yields:
        To be called whenever there is news.
    """
    console = _console()
    if console.is_terminal:
        from rich.live import Live

        with Live(console=console, refresh_per_second=8, get_renderable=render, transient=transient):
            yield lambda: None
        return
    if line is None:
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


def on_terminal() -> bool:
    """Whether standard output is a terminal on which something can move."""
    return sys.stdout.isatty() and os.environ.get("TERM", "") not in ("dumb", "unknown")


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
    """Say on stderr what could not be done: on a terminal in lines of its width, elsewhere in one."""
    text = f"grade: {clean(sentence)}"
    if sys.stderr.isatty():
        import shutil  # here, so that `grade --help` does not wait for them
        import textwrap

        width = max(NARROWEST, min(100, shutil.get_terminal_size().columns))
        text = textwrap.fill(text, width, break_long_words=False, break_on_hyphens=False)
    sys.stderr.write(f"{text}\n")


def _console() -> Console:
    from rich.console import Console

    console = Console(highlight=False, markup=False, emoji=False)
    console.on_broken_pipe = _reader_has_left  # type: ignore[method-assign]  # rich would end the program, with 1
    return console


def _reader_has_left() -> None:
    raise BrokenPipeError


class Display:
    """Where `grade watch` shows what it knows: a screen that is drawn anew, or, in a pipe, one text after the other.

    A context: whatever ends it, the terminal shows again what it showed before.
    """

    def __init__(self, *, redraws: bool) -> None:
        self._console = _console()
        self.redraws = redraws and self._console.is_terminal and not self._console.is_dumb_terminal

    def __enter__(self) -> Display:
        self.resume()
        return self

    def __exit__(self, *_: object) -> None:
        self.suspend()

    def resume(self) -> None:
        """Take the screen."""
        if self.redraws:
            self._console.set_alt_screen(True)
            self._console.show_cursor(False)

    def suspend(self) -> None:
        """Give the screen back."""
        if self.redraws:
            with contextlib.suppress(OSError):  # the terminal may be gone
                self._console.show_cursor(True)
                self._console.set_alt_screen(False)

    def show(self, what: Any) -> None:
        """Draw the screen anew, or print on; at once."""
        if self.redraws:
            self._console.update_screen(what)
        else:
            say(what)
            say("")
        sys.stdout.flush()
