"""What `grade run` shows of a training while it runs."""

from __future__ import annotations

import contextlib
import math
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from grader.commands.console import live
from grader.text import one_line

if TYPE_CHECKING:
    from grader.grading.glimpses import Glimpse


class LiveTraining:
    """Shows how a training goes on: a bar on a terminal, a line every few seconds elsewhere."""

    def __init__(self) -> None:
        self._stack = contextlib.ExitStack()
        self._news: Callable[[], None] | None = None
        self._glimpse: Glimpse | None = None
        self._seen_at = 0.0

    def __call__(self, glimpse: Glimpse) -> None:
        """Take note of a look at the training."""
        self._glimpse, self._seen_at = glimpse, time.monotonic()
        if self._news is None:
            self._news = self._stack.enter_context(live(self._render, self._line))
        self._news()
        if glimpse.over:
            self._stack.close()
            self._news = None

    def _elapsed(self, glimpse: Glimpse) -> float:
        return glimpse.elapsed if glimpse.over else glimpse.elapsed + time.monotonic() - self._seen_at

    def _line(self) -> str:
        return line_of(self._glimpse, self._elapsed(self._glimpse)) if self._glimpse else ""

    def _render(self) -> Any:
        from rich.progress_bar import ProgressBar
        from rich.table import Table
        from rich.text import Text

        grid = Table.grid(padding=(0, 1))
        if self._glimpse is not None:
            elapsed = self._elapsed(self._glimpse)
            bar = ProgressBar(total=self._glimpse.limit, completed=min(elapsed, self._glimpse.limit), width=24)
            grid.add_row(bar, Text(line_of(self._glimpse, elapsed)))
        return grid


def line_of(glimpse: Glimpse, elapsed: float) -> str:
    """For example "fit(): 12 s of 300 s · epoch 3 · train_loss 0.412 · valid_accuracy 0.871"."""
    name = one_line(glimpse.question.split("(")[0])
    parts = [f"{name}(): {elapsed:.0f} s of {glimpse.limit:.0f} s"]
    if glimpse.length:
        parts.append(f"epoch {glimpse.length}")
    parts += [f"{one_line(key)} {_shown(value)}".strip() for key, value in glimpse.numbers.items()]
    return " · ".join(parts)


def _shown(value: float) -> str:
    """A number; that it is none, or without bounds, is said: nothing will come of such a training."""
    return f"{value:.4g}" if math.isfinite(value) else "is NaN" if math.isnan(value) else "is infinite"
