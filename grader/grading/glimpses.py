"""What a long question has come to while it is being answered, for whoever shows it."""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

from grader.sandbox import wire


@dataclass(frozen=True)
class Step:
    """A check is going to be asked: the `number`th of so many, counted from 1."""

    number: int
    of: int
    title: str


@dataclass(frozen=True)
class Glimpse:
    """A look at a long question.

    Attributes:
        question: in the student's words.
        elapsed, limit: seconds it has taken, and those that it was told to keep to.
        length: how many entries the student's history has, as the worker says.
        numbers: its last entries by name, as the worker says.
        over: whether it has been answered, or has ended otherwise.
    """

    question: str
    elapsed: float
    limit: float
    length: int = 0
    numbers: Mapping[str, float] = field(default_factory=dict)
    over: bool = False


Onlooker = Callable[[Glimpse | Step], None]


@contextlib.contextmanager
def watched(
    onlooker: Onlooker | None, request: wire.Request, question: str, limit: float
) -> Iterator[Callable[[wire.Progress], None] | None]:
    """While a watched call is being answered, pass its progress on to `onlooker`; the beginning and the end, too."""
    if onlooker is None or not (isinstance(request, wire.Call) and request.watch):
        yield None
        return
    started, last = time.monotonic(), wire.Progress(0, {})

    def tell(progress: wire.Progress, *, over: bool = False) -> None:
        nonlocal last
        last = progress
        elapsed = time.monotonic() - started
        onlooker(Glimpse(question, elapsed, request.told_s or limit, progress.length, progress.numbers, over))

    tell(last)
    try:
        yield tell
    finally:
        tell(last, over=True)
