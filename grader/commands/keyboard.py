"""Keys, one at a time and without Enter; from a pipe, the first letter of each line."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import sys
import threading
from collections.abc import Callable
from types import FrameType
from typing import Any


class Keyboard:
    """Passes every key to `pressed`, from a thread of its own. A context: the terminal's settings return at its end.

    Ctrl-C and Ctrl-Z keep their meaning; `suspend` and `resume` are called around a Ctrl-Z, to tidy the screen up.
    Attributes: works: whether there is anyone to press a key; `interactive`: whether at a terminal.
    """

    def __init__(
        self, pressed: Callable[[str], None], *, suspend: Callable[[], None], resume: Callable[[], None]
    ) -> None:
        self._pressed, self._suspend, self._resume = pressed, suspend, resume
        self._fd = _descriptor()
        self._before: list[Any] | None = None
        self._old_handlers: dict[int, Any] = {}
        self._wake_read, self._wake_write = os.pipe()
        self.interactive = self._fd is not None and os.isatty(self._fd) and _in_foreground(self._fd)
        self.works = self._fd is not None and (self.interactive or not os.isatty(self._fd))

    def __enter__(self) -> Keyboard:
        self._old_handlers = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGHUP)}
        for number in self._old_handlers:
            signal.signal(number, _leave)
        if self.interactive:
            self._old_handlers[signal.SIGTSTP] = signal.signal(signal.SIGTSTP, self._stop)
            self._listen_by_key()
        if self.works:
            threading.Thread(target=self._read, daemon=True, name="keys").start()
        return self

    def __exit__(self, *_: object) -> None:
        os.write(self._wake_write, b"x")
        self._restore()
        for number, handler in self._old_handlers.items():
            signal.signal(number, handler)

    def _listen_by_key(self) -> None:
        import termios
        import tty

        assert self._fd is not None
        self._before = termios.tcgetattr(self._fd)
        tty.setcbreak(self._fd)

    def _restore(self) -> None:
        if self._before is not None and self._fd is not None:
            import termios

            with contextlib.suppress(termios.error):  # the terminal may be gone
                termios.tcsetattr(self._fd, termios.TCSAFLUSH, self._before)
            self._before = None

    def _stop(self, _number: int, _frame: FrameType | None) -> None:
        """Ctrl-Z: leave the terminal as the shell expects it, stop, and take it again when the shell lets us go on."""
        self._restore()
        self._suspend()
        os.kill(os.getpid(), signal.SIGSTOP)
        if self._fd is not None and _in_foreground(self._fd):
            self._listen_by_key()
        self._resume()

    def _read(self) -> None:
        assert self._fd is not None
        while True:
            with contextlib.suppress(OSError):
                ready, _, _ = select.select([self._fd, self._wake_read], [], [])
                if self._wake_read in ready:
                    return
            try:
                data = os.read(self._fd, 1024).decode("utf-8", "replace")
            except OSError:
                return
            if not data:
                return  # nobody will press a key any more
            if data.startswith("\x1b"):
                continue  # an arrow, or another key that sends several characters
            for key in data if self.interactive else (line[0] for line in data.split()):
                self._pressed(key)


def _descriptor() -> int | None:
    try:
        return sys.stdin.fileno()
    except (AttributeError, OSError, ValueError):
        return None


def _in_foreground(fd: int) -> bool:
    """Whether the terminal listens to us; a job in the background that reads it would be stopped."""
    try:
        return os.tcgetpgrp(fd) == os.getpgrp()
    except OSError:
        return False


def _leave(number: int, _frame: FrameType | None) -> None:
    raise SystemExit(128 + number)
