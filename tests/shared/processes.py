"""What tests need to know of this machine's processes."""

from __future__ import annotations

import contextlib
import os
from pathlib import Path


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


def affinities() -> set[frozenset[int]]:
    """On which processors they may run: one set for each way in which they differ."""
    found = set()
    for pid in descendants():
        with contextlib.suppress(ProcessLookupError):  # ended meanwhile
            found.add(frozenset(os.sched_getaffinity(pid)))
    return found
