"""The editor that VISUAL or EDITOR names, opened at a line: each says in its own way which line is meant."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from grader.errors import UsageError

_PLUS: Final = (
    "vi",
    "vim",
    "nvim",
    "view",
    "nano",
    "pico",
    "emacs",
    "emacsclient",
    "joe",
    "jed",
    "micro",
    "gedit",
    "kak",
)
"""Take the line as +LINE before the file."""
_GOTO: Final = ("code", "code-insiders", "codium", "cursor", "windsurf")
"""Take --goto FILE:LINE."""
_COLON: Final = ("subl", "zed", "hx", "helix")
"""Take FILE:LINE."""
_WINDOWS: Final = (*_GOTO, "subl", "zed", "gedit")
"""Have a window of their own, beside the terminal."""


def editor(environment: Mapping[str, str] = os.environ) -> list[str]:
    """The editor's command, its own arguments included.

    Raises:
        UsageError: if none is named, or it is not installed.
    """
    named = environment.get("VISUAL") or environment.get("EDITOR") or ""
    try:
        words = shlex.split(named)
    except ValueError:
        words = []
    if not words:
        raise UsageError("No editor is known: set VISUAL or EDITOR to its command, for example EDITOR=nano.")
    if shutil.which(words[0]) is None:
        raise UsageError(f"The editor {words[0]!r} is not installed here: set VISUAL or EDITOR to another one.")
    return words


def command_for(words: list[str], path: Path, line: int) -> list[str]:
    """What opens a file at a line; at its beginning in an editor that is not known."""
    name = Path(words[0]).name.removesuffix(".exe")
    if name in _GOTO:
        return [*words, "--goto", f"{path}:{line}"]
    if name in _COLON:
        return [*words, f"{path}:{line}"]
    return [*words, f"+{line}", str(path)] if name in _PLUS else [*words, str(path)]


def open_at(path: Path, line: int) -> None:
    """Open a file at a line, and wait until the editor's command has ended.

    Raises:
        UsageError: if there is no editor, or it failed.
    """
    words = editor()
    ended = subprocess.run(command_for(words, path, line), check=False).returncode
    if ended:
        raise UsageError(f"The editor {words[0]!r} ended with {ended}.")


def windowed() -> list[str]:
    """The editor's command, if it has a window of its own.

    Raises:
        UsageError: if it would take the terminal, which is in use.
    """
    words = editor()
    if Path(words[0]).name.removesuffix(".exe") not in _WINDOWS:
        raise UsageError(f"--edit takes an editor with a window of its own, such as code, and not {words[0]!r}.")
    return words


def show_at(words: list[str], path: Path, line: int) -> None:
    """Open a file at a line in a window, and go on at once."""
    subprocess.Popen(
        command_for(words, path, line),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
