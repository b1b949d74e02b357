"""How far the grading of a class has come, while it runs."""

from __future__ import annotations

from dataclasses import dataclass

from rich.console import Group, RenderableType
from rich.progress_bar import ProgressBar
from rich.text import Text

from grader.results import Report


@dataclass
class Tally:
    """Counts of one run: `total` to grade, `kept` from earlier runs, and of those done how many did not pass."""

    total: int
    kept: int
    done: int = 0
    failing: int = 0
    ours: int = 0

    def count(self, report: Report) -> None:
        """One more is done."""
        self.done += 1
        self.failing += not report.passed
        self.ours += report.our_fault

    def line(self, seconds: float) -> str:
        """The counts, the rate and the time left after that many seconds, on one line."""
        parts = [f"{self.done} of {self.total} graded", f"{self.failing} not passed"]
        if self.ours:
            parts.append(f"{self.ours} not gradable through a fault of ours")
        if self.kept:
            parts.append(f"{self.kept} unchanged")
        if self.done and seconds > 0:
            parts.append(f"{self.done / seconds:.1f} a second")
            if left := self.total - self.done:
                parts.append(f"{duration(left * seconds / self.done)} left")
        return " · ".join(parts)

    def render(self, seconds: float) -> RenderableType:
        """The same, under a bar."""
        bar = ProgressBar(total=max(self.total, 1), completed=self.done, width=60)
        return Group(bar, Text(self.line(seconds)))


def duration(seconds: float) -> str:
    """A duration as people say it: 8 s, 3 min, 2 h 5 min."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 90 else f"{minutes // 60} h {minutes % 60} min"
