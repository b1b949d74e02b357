"""The levels of isolation and what a worker may use: shared by both sides, free of any system's own modules."""

from __future__ import annotations

from typing import Final

from msgspec import Struct

FULL: Final = "full"
NO_NAMESPACES: Final = "no-namespaces"
BASIC: Final = "basic"
LEVELS: Final = (FULL, NO_NAMESPACES, BASIC)
"""Best first."""


class Limits(Struct, frozen=True, kw_only=True):
    """What one worker may use.

    memory_mb: address space of each process beyond what the zygote already maps. disk_mb: files in its private folder.
    processes: processes and threads. cpu_s: processor seconds of each process, of all its threads together.
    threads: with how many of them torch computes.
    """

    memory_mb: int = 1024
    disk_mb: int = 64
    processes: int = 16
    cpu_s: int = 60
    threads: int = 1
