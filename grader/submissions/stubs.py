"""What was handed out for an exercise, the stub and its notebook twin, and whether a file is still that."""

from __future__ import annotations

import contextlib
import subprocess
from pathlib import Path
from typing import Final

from grader.exercises.exercise import Exercise
from grader.submissions.endings import is_notebook
from grader.submissions.twins import twin, without_setup
from grader.submissions.work import of_bytes

_GIT_TIMEOUT_S: Final = 10


def handed_out(exercise: Exercise) -> bytes | None:
    """The stub as it was handed out, whatever has become of the file in the exercise's folder; None if nobody knows.

    A student's kit has a second copy. A clone of the course has git's: that of the last commit.
    """
    with contextlib.suppress(OSError):
        return exercise.pristine_path.read_bytes()
    with contextlib.suppress(OSError, subprocess.SubprocessError):
        return subprocess.run(
            ["git", "cat-file", "blob", f"HEAD:./{exercise.stub}"],
            cwd=exercise.folder, capture_output=True, check=True, timeout=_GIT_TIMEOUT_S, stdin=subprocess.DEVNULL,
        ).stdout  # fmt: skip
    return None


def handed_out_twin(exercise: Exercise) -> bytes | None:
    """The stub's notebook twin as it was handed out; None if nobody knows.

    A student's kit has a second copy of it, too. Elsewhere it is made of the stub, if that is still one.
    """
    with contextlib.suppress(OSError):
        return exercise.pristine_path.with_suffix(".ipynb").read_bytes()
    with contextlib.suppress(OSError):
        return twin(exercise).encode() if is_untouched(exercise, exercise.stub_path) else None
    return None


def original_of(exercise: Exercise, path: Path) -> bytes | None:
    """What was handed out in the form of this file: the stub, or its notebook twin; None if nobody knows."""
    return handed_out_twin(exercise) if is_notebook(path) else handed_out(exercise)


def is_untouched(exercise: Exercise, path: Path) -> bool:
    """Whether a file is still what was handed out: the stub, but for line endings; or its notebook twin, run or not.

    False where that cannot be known.
    """
    original = original_of(exercise, path)
    try:
        return original is not None and same(path.name, path.read_bytes(), original)
    except OSError:
        return False


def same(name: str, content: bytes, original: bytes) -> bool:
    """Whether two files are the same work: in a notebook the code counts, in a text all but the line endings."""
    if not is_notebook(name):
        return lines(content) == lines(original)
    mine, theirs = (of_bytes(name, data).notebook for data in (content, original))
    return mine is not None and theirs is not None and without_setup(mine.cells) == without_setup(theirs.cells)


def lines(content: bytes) -> list[bytes]:
    """What counts when two texts are compared: the lines, however they end, without empty ones around them."""
    return content.strip().splitlines()
