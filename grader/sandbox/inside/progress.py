"""Worker side: what a long call has come to, told while it runs: the length and the last numbers of its history.

A timer's signal interrupts the student's code once a second, and the handler looks for a local variable of the given
name on the stack. No thread is started, and a student who uses SIGALRM gets it: then there is simply no progress.
"""

from __future__ import annotations

import contextlib
import math
import signal
import threading
from collections.abc import Callable, Iterator, Mapping
from types import FrameType
from typing import Any

from grader.sandbox import wire

EVERY_S = 1.0
_NUMBERS_CAP, _NAME_CAP = 6, 40


@contextlib.contextmanager
def watching(name: str, module: Mapping[str, Any], tell: Callable[[wire.Progress], None]) -> Iterator[None]:
    """While the body runs, tell once a second of the local variable `name` of a function of the module; "": of none.

    Args:
        name: of the variable.
        module: the namespace that the function was defined in.
        tell: sends a message.
    """
    if not name or threading.current_thread() is not threading.main_thread():
        yield
        return
    looking = False

    def look(_number: int, frame: FrameType | None) -> None:
        nonlocal looking
        if looking:  # a second signal during the first: two messages must not mix
            return
        looking = True
        with contextlib.suppress(Exception):  # the student's own things are looked at
            tell(summary(_find(name, module, frame)))
        looking = False

    before = signal.signal(signal.SIGALRM, look)
    signal.setitimer(signal.ITIMER_REAL, EVERY_S, EVERY_S)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def summary(history: Any) -> wire.Progress:
    """How long a history is, and its last numbers by name: of a dict of lists, a list of dicts or a list of numbers."""
    if isinstance(history, Mapping):
        series = {str(key)[:_NAME_CAP]: value for key, value in history.items() if isinstance(value, list)}
        length = max((len(values) for values in series.values()), default=0)
        return wire.Progress(length, _numbers({key: values[-1] for key, values in series.items() if values}))
    if isinstance(history, list) and history:
        last = history[-1]
        return wire.Progress(len(history), _numbers(last if isinstance(last, Mapping) else {"": last}))
    return wire.Progress(0, {})


def _numbers(things: Mapping[Any, Any]) -> dict[str, float]:
    numbers = {str(key)[:_NAME_CAP]: float(n) for key, n in things.items() if isinstance(n, int | float)}
    return {key: n for key, n in list(numbers.items())[:_NUMBERS_CAP] if math.isfinite(n)}


def _find(name: str, module: Mapping[str, Any], frame: FrameType | None) -> Any:
    while frame is not None:
        if frame.f_globals is module and name in frame.f_locals:
            return frame.f_locals[name]
        frame = frame.f_back
    return None
