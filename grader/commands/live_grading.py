"""What `grade run` shows while it grades: on a terminal which check is asked, and everywhere how a training goes on."""

from __future__ import annotations

import contextlib
import math
import time
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from grader.commands.console import live, on_terminal, say
from grader.text import one_line

if TYPE_CHECKING:
    from types import TracebackType

    from grader.grading.glimpses import Glimpse, Step

READY = "Getting ready …"
WIDTH = 24
"""Columns of a bar."""


class LiveGrading:
    """Shows where a grading is, from its first moment. On a terminal in a line that moves and is gone before a report.

    Elsewhere a training says a line every few seconds, and the rest is quick enough to say nothing. A context.
    `titles`: whether checks are told by their titles, too.
    """

    def __init__(self, *, titles: bool = True) -> None:
        self._titles = titles
        self._stack = contextlib.ExitStack()
        self._news: Callable[[], None] | None = None
        self._seen: Glimpse | Step | None = None
        self._seen_at = time.monotonic()
        self._moves = on_terminal()

    def __enter__(self) -> LiveGrading:
        if self._moves:
            self._begin()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.rest()

    def __call__(self, seen: Glimpse | Step) -> None:
        """Take note of where the grading is."""
        from grader.grading.glimpses import Glimpse, Step

        if not self._titles and isinstance(seen, Step):
            seen = replace(seen, title="")
        self._seen, self._seen_at = seen, time.monotonic()
        if not self._moves and not isinstance(seen, Glimpse):
            return
        if self._news is None:
            self._begin()
        assert self._news is not None
        self._news()
        if isinstance(seen, Glimpse) and seen.over:
            self.rest()
            if self._moves:
                say(self._line())

    def rest(self) -> None:
        """Show nothing until there is news: something else is going to be printed."""
        self._stack.close()
        self._news = None

    def _begin(self) -> None:
        self._news = self._stack.enter_context(live(self._render, self._line, transient=True))

    def _elapsed(self) -> float:
        from grader.grading.glimpses import Glimpse

        since = time.monotonic() - self._seen_at
        if not isinstance(self._seen, Glimpse):
            return since
        return self._seen.elapsed if self._seen.over else self._seen.elapsed + since

    def _line(self) -> str:
        return line_of(self._seen, self._elapsed())

    def _render(self) -> Any:
        from rich.progress_bar import ProgressBar
        from rich.table import Table
        from rich.text import Text

        grid = Table.grid(padding=(0, 1))
        elapsed = self._elapsed()
        total, done = extent(self._seen, elapsed)
        bar = ProgressBar(total=total, completed=done, width=WIDTH, pulse=self._seen is None)
        grid.add_row(bar, Text(line_of(self._seen, elapsed), overflow="ellipsis", no_wrap=True))
        return grid


def extent(seen: Glimpse | Step | None, elapsed: float) -> tuple[float, float]:
    """How long a bar is, and how much of it is done: seconds of a training, checks otherwise."""
    from grader.grading.glimpses import Glimpse

    if seen is None:
        return 1.0, 0.0
    if isinstance(seen, Glimpse):
        return seen.limit, min(elapsed, seen.limit)
    return float(seen.of), float(seen.number - 1)


def line_of(seen: Glimpse | Step | None, elapsed: float) -> str:
    """For example "fit(): 12 s of 300 s · epoch 3 · train_loss 0.412", or "check 5 of 9: The test accuracy · 3 s"."""
    from grader.grading.glimpses import Glimpse

    if seen is None:
        return READY
    if not isinstance(seen, Glimpse):
        title = f": {one_line(seen.title)}" if seen.title else ""
        since = f" · {elapsed:.0f} s" if elapsed >= 1 else ""
        return f"check {seen.number} of {seen.of}{title}{since}"
    name = one_line(seen.question.split("(")[0])
    parts = [f"{name}(): {elapsed:.0f} s of {seen.limit:.0f} s"]
    if seen.length:
        parts.append(f"epoch {seen.length}")
    parts += [f"{one_line(key)} {_shown(value)}".strip() for key, value in seen.numbers.items()]
    return " · ".join(parts)


def _shown(value: float) -> str:
    """A number; that it is none, or without bounds, is said: nothing will come of such a training."""
    return f"{value:.4g}" if math.isfinite(value) else "is NaN" if math.isnan(value) else "is infinite"
