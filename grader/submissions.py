"""Finds a student's file for an exercise and reads it: every unreadable input gets one sentence."""

from __future__ import annotations

import hashlib
import os
import stat
from dataclasses import dataclass
from pathlib import Path

from grader.errors import UsageError
from grader.exercises import Course, Exercise

SIZE_CAP = 1 << 20
"""Bytes. A solution is a few kilobytes; ex15's contract allows 200 kB of text."""


@dataclass(frozen=True)
class Work:
    """A student's file: its name, its bytes, and a sentence if it cannot be a solution.

    `source` is empty when there is a `problem`.
    """

    name: str
    source: bytes
    sha256: str
    size: int
    problem: str | None = None
    path: str = ""

    @property
    def text(self) -> str:
        """The source as text, for reading only."""
        return self.source.decode("utf-8", "replace")


def resolve(course: Course, target: str, exercise_id: str | None = None) -> list[tuple[Exercise, Path]]:
    """What `grade TARGET` means: an exercise's id or number (the student's own file is found), "all", or a file.

    Raises:
        UsageError: if it means nothing, or the file is not one.
    """
    if target == "all" and not Path(target).exists():
        return [(exercise, own_file(exercise)) for exercise in course.exercises()]
    looks_like_path = any(mark in target for mark in ("/", os.sep, ".")) or Path(target).is_file()
    if not looks_like_path:
        exercise = course.find(target)
        return [(exercise, own_file(exercise))]
    path = Path(target)
    check_is_file(path)
    return [(course.find(exercise_id) if exercise_id else course.of_file(path), path)]


def own_places(exercise: Exercise) -> tuple[Path, ...]:
    """Where a student may work on an exercise: the working folder, a folder of its name there, the stub; first is best.

    `own_file` is the first that is there.
    """
    here = Path.cwd()
    return here / exercise.stub, here / exercise.id / exercise.stub, exercise.stub_path


def own_file(exercise: Exercise) -> Path:
    """Where the student works on an exercise: in the working folder, in a folder of its name there, else the stub."""
    return next((place for place in own_places(exercise) if place.is_file()), exercise.stub_path)


def shown(path: Path) -> str:
    """A path as a person would type it: from the working folder where it lies below."""
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)


def check_is_file(path: Path) -> None:
    """Refuse what is not a file of Python.

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
        raise UsageError(f"{path} is not a regular file. Hand in a .py file.")
    if path.suffix == ".ipynb":
        raise UsageError(f"{path} is a notebook. For now, save it as a .py file and grade that.")
    if path.suffix != ".py":
        raise UsageError(f"{path} is not a Python file: its name should end in .py.")


def read(path: Path) -> Work:
    """Read a submission. What is there but cannot be a solution gets a `problem`.

    Raises:
        UsageError: if the file cannot be opened.
    """
    check_is_file(path)
    digest, size, head = hashlib.sha256(), 0, b""
    try:
        with path.open("rb") as file:
            while part := file.read(1 << 20):
                digest.update(part)
                size += len(part)
                if len(head) <= SIZE_CAP:
                    head += part
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}.") from None
    problem = _problem(head, size)
    return Work(path.name, b"" if problem else head, digest.hexdigest(), size, problem, str(path))


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
    return None


def sha256_of(path: Path) -> str:
    """sha256 of a file's bytes; "" if it cannot be read."""
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()
    except OSError:
        return ""
