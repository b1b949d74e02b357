"""Gradescope's autograder: the zip file that is uploaded there, and what is graded of one student's upload."""

from __future__ import annotations

import io
import secrets
import shlex
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from grader import release
from grader.errors import UsageError
from grader.exercises import Course, Exercise
from grader.release import Kit
from grader.reveal import Reveal

_SCRIPTS = ("setup.sh", "run_autograder")
SECRET = "course/solutions/.seed_secret"
"""In the zip: the key that hidden inputs follow from, made for this zip alone."""
_OF_A_SOLUTION = ("hidden_checks.py", "probes.py")
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)
_LOST_FILES_SAID = 5


@dataclass(frozen=True)
class Upload:
    """What a student has uploaded: exercise → file, and sentences about files that are not graded."""

    works: tuple[tuple[Exercise, Path], ...]
    notes: tuple[str, ...]


def build(course: Course, exercises: Sequence[Exercise], reveal: Reveal) -> Kit:
    """The content of the zip: the two scripts, and a course with its hidden checks, without reference solutions.

    Raises:
        UsageError: if this grader is not installed from its own checkout.
    """
    blank = release.PACKAGE / "blank" / "autograder"
    kit = {name: (blank / name).read_bytes() for name in _SCRIPTS}
    kit["assignment.sh"] = _assignment(exercises, reveal).encode()
    kit |= {f"course/{name}": content for name, content in release.build(course).items()}
    for exercise in exercises:
        for name in _OF_A_SOLUTION:
            if exercise.solution_folder is not None and (path := exercise.solution_folder / name).is_file():
                kit[f"course/solutions/{exercise.id}/{name}"] = path.read_bytes()
    kit[SECRET] = secrets.token_hex(32).encode()
    return kit


def write(kit: Kit, out: Path) -> None:
    """Write the zip: scripts can be run, and the secret can be read by its owner alone.

    Raises:
        UsageError: if `out` is no .zip, is there already, or cannot be written.
    """
    if out.suffix != ".zip":
        raise UsageError(f"{out}: Gradescope takes a zip file; let the name end in .zip.")
    release.check_target(out)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sorted(kit.items()):
            entry = zipfile.ZipInfo(name, _ZIP_TIME)
            mode = 0o755 if name in _SCRIPTS else 0o600 if name == SECRET else 0o644
            entry.external_attr = (0o100000 | mode) << 16
            archive.writestr(entry, content, zipfile.ZIP_DEFLATED)
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        out.write_bytes(buffer.getvalue())
        out.chmod(0o600)
    except OSError as error:
        raise UsageError(f"{out} cannot be written: {error.strerror}.") from None


def find_work(course: Course, exercises: Sequence[Exercise], folder: Path) -> Upload:
    """One file for each exercise among those in a student's folder.

    The file named like the stub counts; else the newest of those whose names say the exercise; where only one exercise
    is asked for and only one file is there, that file, whatever its name.
    """
    found: dict[str, list[Path]] = {}
    strangers = []
    for path in _files(folder):
        try:
            found.setdefault(course.of_file(path).id, []).append(path)
        except UsageError:
            strangers.append(path)
    if len(exercises) == 1 and exercises[0].id not in found and len(strangers) == 1:
        found[exercises[0].id] = [strangers.pop()]
    works, notes = [], []
    for exercise in exercises:
        paths = sorted(found.get(exercise.id, ()), key=lambda path: (path.name == exercise.stub, path.stat().st_mtime))
        if paths:
            works.append((exercise, paths[-1]))
        notes += [f"{_name(path, folder)} is not graded: {_name(paths[-1], folder)} is." for path in paths[:-1]]
    notes += [f"{_name(path, folder)} is not graded: its name says no exercise." for path in strangers]
    if (left_out := len(notes) - _LOST_FILES_SAID) > 0:
        notes = [*notes[:_LOST_FILES_SAID], f"{left_out} more files are not graded."]
    return Upload(tuple(works), tuple(notes))


def _assignment(exercises: Sequence[Exercise], reveal: Reveal) -> str:
    names = " ".join(shlex.quote(exercise.id) for exercise in exercises)
    return f"exercises=({names})\nreveal={shlex.quote(reveal.value)}\n"


def _files(folder: Path) -> Iterator[Path]:
    """The files in a folder that may be somebody's work, those that lie less deep first."""
    paths = [path for path in folder.rglob("*") if path.suffix in (".py", ".ipynb") and path.is_file()]
    hidden = ("__MACOSX", "__pycache__")
    for path in sorted(paths, key=lambda path: (len(path.parts), str(path))):
        parts = path.relative_to(folder).parts
        if not any(part.startswith(".") or part in hidden for part in parts):
            yield path


def _name(path: Path, folder: Path) -> str:
    return str(path.relative_to(folder))
