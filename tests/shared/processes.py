"""What tests need to know of this machine's processes."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path

from patience import until


def descendants(of: int | None = None) -> set[int]:
    """The living processes that descend from this one, or from another."""
    ancestor = of or os.getpid()
    parents: dict[int, int] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            state, parent = path.read_text().rpartition(") ")[2].split()[:2]
            if state != "Z":
                parents[int(path.parent.name)] = int(parent)

    def is_ours(pid: int) -> bool:
        while pid in parents:
            pid = parents[pid]
            if pid == ancestor:
                return True
        return False

    return {pid for pid in parents if is_ours(pid)}


def all_end_but(before: set[int]) -> bool:
    """Wait until no descendant is left but those of before; False once they have stood still for very long.

    Who sweeps up after an attack gives way to everybody else, so on a busy machine it may take any time. It gets on,
    however: what it has computed grows, be it by a hundredth of a second.
    """
    seen = -1
    while (left := descendants() - before) and (now := _ticks(left)) != seen:
        seen = now
        until(lambda: _changed(before, left, now))
    return not left


def _changed(before: set[int], left: set[int], ticks: int) -> bool:
    return descendants() - before != left or _ticks(left) != ticks


def _ticks(pids: set[int]) -> int:
    """Processor time of these processes, in the kernel's ticks."""
    total = 0
    for pid in pids:
        with contextlib.suppress(OSError):
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()
            total += int(fields[11]) + int(fields[12])
    return total


def affinities() -> set[frozenset[int]]:
    """On which processors they may run: one set for each way in which they differ."""
    found = set()
    for pid in descendants():
        with contextlib.suppress(ProcessLookupError):  # ended meanwhile
            found.add(frozenset(os.sched_getaffinity(pid)))
    return found
