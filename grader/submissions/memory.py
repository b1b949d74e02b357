"""What is remembered between two commands: small JSON files in `.grade/`, which may be thrown away at any time."""

from __future__ import annotations

import contextlib
import os
import threading
from pathlib import Path
from typing import Any, Final, TypeVar

import msgspec

T = TypeVar("T")
FOLDER: Final = ".grade"


def folder_of(root: Path) -> Path:
    """Where a course's memory lies: `.grade/` in the course, or in the working folder where the course is read-only."""
    own = root / FOLDER
    return own if os.access(own if own.exists() else root, os.W_OK) else Path.cwd() / FOLDER


def recall(root: Path, name: str, kind: type[T]) -> T | None:
    """What `remember` was last given under this name, as `kind`; None if nothing (readable) is there."""
    try:
        return msgspec.json.decode((folder_of(root) / name).read_bytes(), type=kind)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        return None


def remember(root: Path, name: str, value: Any) -> str:
    """Keep a value as JSON. A folder that cannot be written to is not worth an error.

    Returns:
        What is to be said of the place where it is kept, once; "" if it is the usual one.
    """
    path = folder_of(root) / name
    # Written whole and then renamed, so that an interruption leaves the old file.
    draft = path.with_suffix(f".{os.getpid()}-{threading.get_ident()}.tmp")
    try:
        new = not path.parent.exists()
        path.parent.mkdir(exist_ok=True)
        draft.write_bytes(msgspec.json.format(msgspec.json.encode(value), indent=2) + b"\n")
        draft.replace(path)
    except OSError as error:
        with contextlib.suppress(OSError):
            draft.unlink()
        return f"Your results are not remembered: {path.parent} cannot be written to ({error.strerror})."
    if new and path.parent != root / FOLDER:
        return f"{root} cannot be written to: your results are remembered in {path.parent} from now on."
    return ""
