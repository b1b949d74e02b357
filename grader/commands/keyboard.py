"""Keys, one at a time and without Enter; from a pipe, the first letter of each line. And signals, as what they ask."""

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

    Ctrl-C, the signals that end a program and Ctrl-Z are passed on as well, to `leave` (with the signal's number) and
    `pause`. Both are called wherever the program stands just then, and may do no more than note it; an exception raised
    there is lost where Python calls back (at the end of an import, of an object). What was noted is then done in
    the open: `ended_by` is raised, or `stop` called. Who asks once more does not wait.
    Attributes: works: whether there is anyone to press a key; `interactive`: whether at a terminal.
    """

    def __init__(
        self, pressed: Callable[[str], None], *, leave: Callable[[int], None], pause: Callable[[], None]
    ) -> None:
        self._pressed, self._leave, self._pause = pressed, leave, pause
        self._asked_to_leave = False
        self._fd = _descriptor()
        self._before: list[Any] | None = None
        self._old_handlers: dict[int, Any] = {}
        self._wake_read, self._wake_write = os.pipe()
        self.interactive = self._fd is not None and os.isatty(self._fd) and _in_foreground(self._fd)
        self.works = self._fd is not None and (self.interactive or not os.isatty(self._fd))

    def __enter__(self) -> Keyboard:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            self._old_handlers[number] = signal.signal(number, self._note)
        if self.interactive:
            self._old_handlers[signal.SIGTSTP] = signal.signal(signal.SIGTSTP, lambda *_: self._pause())
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

    def _note(self, number: int, _frame: FrameType | None) -> None:
        if self._asked_to_leave:
            raise ended_by(number)
        self._asked_to_leave = True
        self._leave(number)

    def stop(self, *, suspend: Callable[[], None], resume: Callable[[], None]) -> None:
        """Leave the terminal as the shell expects it, stop, and take it again when the shell lets us go on.

        `suspend` and `resume` tidy the screen up before and after.
        """
        self._restore()
        suspend()
        os.kill(os.getpid(), signal.SIGSTOP)
        if self._fd is not None and _in_foreground(self._fd):
            self._listen_by_key()
        resume()

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


def ended_by(number: int) -> BaseException:
    """What ends a program that was asked to end by a signal: its exit code is what a shell expects."""
    return KeyboardInterrupt() if number == signal.SIGINT else SystemExit(128 + number)
