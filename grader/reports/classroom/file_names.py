"""Names of files for students, whatever their names hold: safe on every file system, and never two alike."""

from __future__ import annotations

import hashlib
import itertools
import unicodedata
from collections import Counter
from collections.abc import Sequence

_LONGEST = 80
"""Bytes of UTF-8. File systems take 255 for a name, and endings are added."""
_KEPT = "-_."
_DEVICES = {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(10))}
"""What Windows takes for a device, with any ending."""


def stems(names: Sequence[str]) -> list[str]:
    """A file name without its ending for each name, in the same order.

    Letters, digits, - _ and . stay; anything else becomes _. Names that would end up alike, also where a file system
    takes capitals and small letters for the same, get a few digits of the sha256 of the name they came from.
    """
    plain = [_plain(name) for name in names]
    counts = Counter(stem.casefold() for stem in plain)
    taken: set[str] = set()
    found = []
    for name, stem in zip(names, plain, strict=True):
        unique = stem if counts[stem.casefold()] == 1 else _unique(stem, name, taken | set(counts))
        taken.add(unique.casefold())
        found.append(unique)
    return found


def _plain(name: str) -> str:
    text = unicodedata.normalize("NFC", name)
    kept = "".join(c if unicodedata.category(c)[0] in "LMN" or c in _KEPT else "_" for c in text)
    # No leading dot, which hides a file, and no leading dash, which a command takes for an option.
    short = kept.encode()[:_LONGEST].decode("utf-8", "ignore").strip("._-")
    return f"_{short}" if not short or short.split(".")[0].casefold() in _DEVICES else short


def _unique(stem: str, name: str, taken: set[str]) -> str:
    def candidate(attempt: int) -> str:
        digest = hashlib.sha256(f"{attempt}\0{name}".encode("utf-8", "surrogatepass")).hexdigest()
        return f"{stem}-{digest[:8]}"

    return next(found for attempt in itertools.count() if (found := candidate(attempt)).casefold() not in taken)
