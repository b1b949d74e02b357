"""One zip of a student's work and nothing else: the same bytes for the same work."""

from __future__ import annotations

import contextlib
import os
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from grader.errors import UsageError
from grader.sandbox import facts
from grader.sandbox.reader import HERE, TooCostly

_MADE_HERE: Final = b"made by grade submit"
_EPOCH: Final = (1980, 1, 1, 0, 0, 0)
"""The earliest time that a zip can hold: when a file was saved is no part of the work."""


def pack(works: Sequence[tuple[str, bytes]], path: Path) -> None:
    """Write (name, content) pairs to a zip file, replacing one that was made here, and nothing else.

    Files are stored as they are, in the order of their names, all with one date and mode, so that the same work has the
    same bytes on any machine.

    Raises:
        UsageError: if the file cannot be written, or is something else than a zip made here.
    """
    if path.exists() and not _made_here(path):
        raise UsageError(f"{path} is there already, and is no zip of `grade submit`. Say --output with another name.")
    draft = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        with zipfile.ZipFile(draft, "w", zipfile.ZIP_STORED) as archive:
            archive.comment = _MADE_HERE
            for name, content in sorted(works, key=lambda pair: pair[0]):
                entry = zipfile.ZipInfo(_safe(name), _EPOCH)
                entry.create_system = 3  # Unix, wherever it is made: part of the bytes
                entry.external_attr = 0o100644 << 16
                archive.writestr(entry, content)
        draft.replace(path)
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror}. Say --output with another name.") from None
    finally:
        with contextlib.suppress(OSError):
            draft.unlink()


def _made_here(path: Path) -> bool:
    """Whether a zip says so; what somebody else has made may take any time to open."""
    try:
        with path.open("rb") as file:
            return HERE.ask(facts.ReadComment(), file.fileno()) == facts.Content(_MADE_HERE)
    except (OSError, TooCostly):
        return False


def _safe(name: str) -> str:
    """A name that unpacks into the folder it is unpacked in, wherever that is.

    Raises:
        UsageError: if it is none.
    """
    if (
        not name
        or name != Path(name).name
        or name.startswith(".")
        or "\\" in name
        or ":" in name
        or not name.isprintable()
    ):
        raise UsageError(f"{name!r} is no name for a file in a zip.")
    return name
