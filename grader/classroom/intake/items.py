"""What lies in a folder or an archive: files that can be opened, and what cannot be read, each with its place."""

from __future__ import annotations

import hashlib
import itertools
import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import BinaryIO, Final, Protocol

from grader.classroom.moments import Moment
from grader.sandbox import facts
from grader.text import one_line

NAME_CAP: Final = 120
"""Characters of a name that are kept; what is longer gets a mark of its own instead of its end."""
LARGEST: Final = 32 << 20
"""Bytes of a file that is read at all; over `submissions.SIZE_CAP` it is read only to be told so."""
REPOSITORY_MARK: Final = ".classroom50.yaml"
"""What Classroom 50 lays into every student's repository; a clone has `.git`, too, and a download has not."""
_JUNK_FOLDERS: Final = frozenset(
    ("__MACOSX", ".git", ".svn", ".hg", ".ipynb_checkpoints", "__pycache__", ".pytest_cache", ".mypy_cache")
) | frozenset(
    (".ruff_cache", ".venv", "venv", ".idea", ".vscode", "node_modules", "site-packages", ".grade", ".stub", ".github")
)
_JUNK_FILES: Final = frozenset(
    (".DS_Store", "Thumbs.db", "desktop.ini", ".gitignore", ".gitattributes", ".gitkeep", REPOSITORY_MARK)
)

JUNK: Final = _JUNK_FOLDERS | _JUNK_FILES
"""Names of what a computer made, and no student."""


class Disk(Protocol):
    """A file on the disk that may be an archive."""

    def ask(self, question: facts.ListArchive | facts.Unpack) -> facts.Answer:
        """What the reader says of it.

        Raises:
            Unreadable: if it cannot be read.
            SandboxUnavailable: if there is nobody to read it.
        """


class Unreadable(Exception):
    """A file that is there but cannot be read; the message completes "NAME …"."""


@dataclass(frozen=True)
class Found:
    """A file below the class's folder.

    Attributes:
        parts: its path in printable names, archives' names included.
        modified: seconds since 1970; 0 if the archive does not say.
        size: bytes that it claims to have.
        open: gives its bytes; raises Unreadable.
        disk: where archives that it may be, or lie in, can be asked of; None if it is none that would be opened.
        number: its number in the archive that is there; None if it lies there itself.
        clone: the git repository that it lies in, a folder on this machine, and its path there.
        moment: when it was handed in, where the platform has said that.
    """

    parts: tuple[str, ...]
    modified: float
    size: int
    open: Callable[[], BinaryIO]
    disk: Disk | None = None
    number: int | None = None
    clone: tuple[str, str] | None = None
    moment: Moment | None = None

    @property
    def name(self) -> str:
        """The file's own name."""
        return self.parts[-1]

    @property
    def suffix(self) -> str:
        """Its ending, in small letters."""
        return PurePosixPath(self.name).suffix.casefold()


@dataclass(frozen=True)
class Unread:
    """Something that was not read; `why` completes "NAME …"."""

    parts: tuple[str, ...]
    why: str

    @property
    def sentence(self) -> str:
        """One sentence that says so."""
        return f"{shown(self.parts)} {self.why}."


@dataclass(frozen=True)
class Folder:
    """A folder directly below the class's: somebody's place, even if nothing lies in it."""

    parts: tuple[str, ...]
    repository: bool = False
    """Whether it is a git repository, or what Classroom 50 hands out of one."""


Item = Found | Unread | Folder


def shown(parts: tuple[str, ...]) -> str:
    """A path as a sentence shows it: as it is, or its two ends."""
    return "/".join(parts if len(parts) < 5 else (*parts[:2], "…", *parts[-2:]))


class Tops:
    """Names of what lies directly in a class's folder, as they are shown: two that differ stay two.

    Names that look alike once they are printable (composed and decomposed letters, a line's end for a space) may be two
    people's: the second one gets a number.
    """

    def __init__(self) -> None:
        self._shown: dict[str, str] = {}

    def __call__(self, name: str) -> str:
        """The name as it is shown; the same for the same name."""
        if name not in self._shown:
            plain, taken = printable(name), set(self._shown.values())
            numbered = (f"{plain} ({number})" for number in itertools.count(2))
            self._shown[name] = plain if plain not in taken else next(other for other in numbered if other not in taken)
        return self._shown[name]


def is_junk(name: str, *, folder: bool) -> bool:
    """Whether a computer made it, and no student."""
    return name in (_JUNK_FOLDERS if folder else _JUNK_FILES) or (not folder and name.startswith("._"))


def printable(name: str) -> str:
    """A name that can be shown, stored and compared: in Unicode's composed form, on one line, not too long."""
    text = name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
    text = one_line(unicodedata.normalize("NFC", text))
    if len(text) <= NAME_CAP:
        return text
    # An ending is kept: it says what kind of file this is.
    ending = match[0] if (match := re.search(r"\.\w{1,8}$", text)) else ""
    mark = hashlib.sha256(text.encode()).hexdigest()[:8]
    return f"{text[: NAME_CAP - len(ending) - 9]}…{mark}{ending}"
