"""A student's file as it was handed in: every unreadable input gets one sentence."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import BinaryIO, Final

from grader.errors import SandboxUnavailable, UsageError
from grader.exercises.exercise import Exercise
from grader.sandbox import facts
from grader.sandbox.reader import HERE, Conversation, TooCostly
from grader.submissions.endings import ending, is_notebook
from grader.submissions.notebooks import SIZE_CAP as NOTEBOOK_CAP
from grader.submissions.notebooks import Notebook

SIZE_CAP = 1 << 20
"""Bytes. A solution is a few kilobytes; one that trains may be allowed 200 kB of text."""
_COSTLY: Final = "look for a line without end, or for data pasted into it."


@dataclass(frozen=True)
class Work:
    """A student's file: its name, its code, and a sentence if it cannot be a solution.

    `source` is empty when there is a `problem`. It is what the reader has found, and what is run: UTF-8, whatever the
    file was saved in; of a notebook it is all code cells as one file, for reading only. `likeness` is what it is
    compared by with others.
    """

    name: str
    source: bytes
    sha256: str
    size: int
    problem: str | None = None
    path: str = ""
    notebook: Notebook | None = None
    likeness: facts.Likeness = field(default_factory=facts.Likeness)

    @property
    def text(self) -> str:
        """The source as text, for reading only."""
        return self.source.decode("utf-8", "replace")


def notebook_name(exercise: Exercise) -> str:
    """The file name of the stub's notebook twin."""
    return str(Path(exercise.stub).with_suffix(".ipynb"))


def check_is_file(path: Path) -> None:
    """Refuse what is not a file of Python or a notebook.

    Raises:
        UsageError: saying what it is instead.
    """
    try:
        mode = path.stat().st_mode
    except FileNotFoundError:
        if path.is_symlink():
            raise UsageError(
                f"{path} is a link to {os.readlink(path)}, which does not exist. Hand in the file itself."
            ) from None
        raise UsageError(f"{path} does not exist. Check the spelling, or go to the folder it is in.") from None
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}.") from None
    if path.is_symlink() and not path.resolve().is_relative_to(path.parent.resolve()):
        # Or a link to the reference solution, or to the grader's own files, would be graded as the student's work.
        raise UsageError(f"{path} is a link to a file outside its folder. Hand in the file itself.")
    if stat.S_ISDIR(mode):
        raise UsageError(f"{path} is a folder. Name the file inside it, for example {path / 'ex13_sin_gradient.py'}.")
    if not stat.S_ISREG(mode):
        raise UsageError(f"{path} is not a regular file. Hand in a .py file or a notebook.")
    check_kind(path)


def check_kind(path: Path) -> None:
    """Refuse, by its name alone, what is not a file of Python or a notebook.

    Raises:
        UsageError: saying what to do instead.
    """
    if not ending(path):
        raise UsageError(f"{path} is not a Python file: its name should end in .py, or in .ipynb if it is a notebook.")


def read(path: Path) -> Work:
    """Read a submission. What is there but cannot be a solution gets a `problem`.

    Raises:
        UsageError: if the file cannot be opened.
    """
    check_is_file(path)
    try:
        with path.open("rb") as file:
            return read_stream(path.name, file, str(path))
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}.") from None


def read_stream(name: str, file: BinaryIO, path: str = "", reader: Conversation | None = None) -> Work:
    """Read a submission of that name from an open file; see `read`.

    Args:
        name, file, path: of the submission.
        reader: who reads it, if one process is to read several; else one is started for it.

    Raises:
        OSError: if reading fails.
    """
    cap = NOTEBOOK_CAP if is_notebook(name) else SIZE_CAP
    digest, size, head = hashlib.sha256(), 0, bytearray()
    while part := file.read(1 << 20):
        digest.update(part)
        size += len(part)
        if len(head) <= cap:
            head += part
    return _filled(Work(name, b"", digest.hexdigest(), size, path=path), bytes(head), reader)


def of_bytes(name: str, data: bytes) -> Work:
    """A submission that lies in no file: `name` says by its ending whether it is a notebook."""
    return _filled(Work(name, b"", hashlib.sha256(data).hexdigest(), len(data)), data)


def of_code(name: str, sources: Sequence[str]) -> Work:
    """A submission that is only these code cells, as they stand in a live notebook."""
    # A shell takes half a character for one; no message and no file does.
    whole = [source.encode("utf-8", "backslashreplace").decode() for source in sources]
    code = "\n\n".join(whole).encode()
    return _asked(Work(name, b"", hashlib.sha256(code).hexdigest(), len(code)), facts.ReadCells(whole))


def _filled(work: Work, data: bytes, reader: Conversation | None = None) -> Work:
    notebook = is_notebook(work.name)
    if problem := _too_large(work.size) if notebook else _problem(data, work.size):
        return replace(work, problem=problem)
    return _asked(work, facts.ReadNotebook(data) if notebook else facts.ReadFile(data), reader)


def _asked(work: Work, question: facts.Question, reader: Conversation | None = None) -> Work:
    """The work with what the reader says of it.

    Raises:
        SandboxUnavailable: if there is nobody to read it.
    """
    try:
        found = (reader or HERE).ask(question)
    except TooCostly as cost:
        return replace(work, problem=f"Your file takes {cost} to be read, and a solution next to nothing: {_COSTLY}")
    if not isinstance(found, facts.Program):
        raise SandboxUnavailable("The reader's answer is about something else.")
    if found.problem:
        return replace(work, problem=found.problem)
    notebook = None if found.cells is None else Notebook(tuple(found.cells), tuple(found.repairs))
    return replace(work, source=found.source, notebook=notebook, likeness=found.likeness)


def _too_large(size: int) -> str | None:
    if size > NOTEBOOK_CAP:
        return (
            f"Your notebook is over {NOTEBOOK_CAP >> 20} MB: clear its outputs (Clear All Outputs) and save it again."
        )
    return None


def _problem(source: bytes, size: int) -> str | None:
    if size > SIZE_CAP:
        return (
            f"Your file is {size / (1 << 20):.1f} MB, and a solution is a few kilobytes: "
            "did you save data or outputs into it?"
        )
    if not source.strip():
        return "Your file is empty: was it saved before you handed it in?"
    if b"\0" in source:
        if source[:2] in (b"\xff\xfe", b"\xfe\xff"):
            return "Your file is saved as UTF-16, which Python does not read: save it again as UTF-8."
        return "Your file is not text: it holds bytes that no program has. Is it really your .py file?"
    if source.lstrip()[:1] == b"{" and b'"nbformat"' in source:
        return "Your file is a notebook by its contents: let its name end in .ipynb instead of .py."
    return None


def sha256_of(path: Path) -> str:
    """sha256 of a file's bytes; "" if it cannot be read."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""
