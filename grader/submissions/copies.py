"""A student's own files: a copy of the stub to work on, and the way back to it. No work is ever lost."""

from __future__ import annotations

import itertools
import os
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from grader.errors import UsageError
from grader.exercises.exercise import Exercise
from grader.submissions.endings import ending
from grader.submissions.own import own_file
from grader.submissions.stubs import handed_out, is_untouched, original_of, same
from grader.submissions.twins import twin
from grader.submissions.work import notebook_name


@dataclass(frozen=True)
class Started:
    """The file to work on, and whether it has just been made."""

    path: Path
    new: bool


@dataclass(frozen=True)
class Restored:
    """A file that is the stub again, and where the work that was in it lies now; None if it was the stub already."""

    path: Path
    kept: Path | None


def start(exercise: Exercise, *, notebook: bool = False) -> Started:
    """Copy the stub into the working folder, or make its notebook twin there, unless work is there already.

    Raises:
        UsageError: if it cannot be written.
    """
    path = Path.cwd() / (notebook_name(exercise) if notebook else exercise.stub)
    found = own_file(exercise)
    if found != exercise.stub_path or found.parent == Path.cwd():
        # In a student's kit both lie in the exercise's own folder.
        return Started(path if path.is_file() and is_untouched(exercise, found) else found, new=False)
    original = handed_out(exercise)
    if original is not None and found.is_file() and not same(found.name, found.read_bytes(), original):
        return Started(found, new=False)  # begun in the stub itself: a fresh copy here would hide that work
    try:
        _create(path, twin(exercise).encode() if notebook else original or found.read_bytes())
    except FileExistsError:
        raise UsageError(
            f"{path} is there already, and it is no file. Give it another name, then start again."
        ) from None
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror}. Go to a folder of your own.") from None
    return Started(path, new=True)


def reset(exercise: Exercise, now: datetime) -> Restored:
    """Make the student's file the stub again. What was in it is moved to a file beside it, named by the date.

    Raises:
        UsageError: if nobody knows the stub any more, or the files cannot be written.
    """
    path = own_file(exercise)
    original = original_of(exercise, path)
    if original is None and ending(path) == ".py" and path != exercise.stub_path:
        original = exercise.stub_path.read_bytes()
    if original is None:
        raise UsageError(
            f"There is no untouched copy of the stub here, so {path} cannot be made one again. "
            "Get the exercises anew, and copy the file from there; keep yours under another name."
        )
    try:
        if not path.exists():
            _create(path, original)
            return Restored(path, None)
        if same(path.name, path.read_bytes(), original):
            return Restored(path, None)
        kept = _move_aside(path, now)
        _create(path, original)
    except FileExistsError:
        # An editor has saved anew since the file was moved: that is the student's, too.
        raise UsageError(
            f"{path} was saved while it was being reset. Close it in your editor, then reset again."
        ) from None
    except OSError as error:
        raise UsageError(f"{path} cannot be reset: {error.strerror}. Nothing of yours was removed.") from None
    return Restored(path, kept)


def _move_aside(path: Path, now: datetime) -> Path:
    """Move a file to a free name beside it, which nobody else can have meanwhile."""
    for count in itertools.count(1):
        # Not .py at the end, or it could be taken for the work itself.
        kept = path.with_name(f"{path.name}.{now:%Y-%m-%d-%H%M%S}" + (f"-{count}" if count > 1 else ""))
        try:
            os.close(os.open(kept, os.O_WRONLY | os.O_CREAT | os.O_EXCL))  # the name is ours
        except FileExistsError:
            continue
        try:
            path.replace(kept)
        except OSError:
            kept.unlink()
            raise
        return kept
    raise AssertionError("unreachable: names do not end")


def _create(path: Path, content: bytes) -> None:
    with path.open("xb") as file:
        file.write(content)
