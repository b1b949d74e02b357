"""Seconds on the clock and of processors, and memory, for the benchmarks."""

from __future__ import annotations

import contextlib
import os
import resource
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path


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


def tree_cpu_s(root: int) -> float:
    """Processor seconds that a process and all below it have used so far, ended children included."""
    ticks, cpu = os.sysconf("SC_CLK_TCK"), 0.0
    for pid in _tree(root):
        with contextlib.suppress(OSError):  # it has ended meanwhile; its time is its parent's now
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()
            cpu += sum(int(value) for value in fields[11:15]) / ticks
    return cpu


def tree_pss_mb(root: int) -> float:
    """Memory of a process and all below it now, MB, as PSS: a page that several of them share counts once.

    It walks every page that they hold: tens of ms of a processor.
    """
    pss = 0.0
    for pid in _tree(root):
        with contextlib.suppress(OSError):
            for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
                if line.startswith("Pss:"):
                    pss += int(line.split()[1]) / 1024
    return pss


def _tree(root: int) -> Iterator[int]:
    """A process and all below it."""
    pids = [root]
    while pids:
        pid = pids.pop()
        yield pid
        with contextlib.suppress(OSError):
            for task in Path(f"/proc/{pid}/task").iterdir():
                pids += [int(child) for child in (task / "children").read_text().split()]
