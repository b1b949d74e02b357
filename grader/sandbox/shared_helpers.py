"""The files of helpers that all exercises share, as text: they run in the worker, the trusted side only reads them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_HERE = Path(__file__).parent


@cache
def shared_helpers() -> tuple[bytes, ...]:
    """Their sources, in the order in which a worker looks a name up."""
    return tuple((_HERE / name).read_bytes() for name in ("inside/helpers.py", "apparatus.py"))
