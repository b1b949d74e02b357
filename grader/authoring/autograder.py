"""Gradescope's autograder: the zip file that is uploaded there, and what is to be graded of one student's upload."""

from __future__ import annotations

import contextlib
import io
import secrets
import shlex
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from grader.authoring import release
from grader.authoring.release import Kit
from grader.classroom.intake.pupil import Pupil
from grader.classroom.intake.roster import Roster, opened
from grader.errors import UsageError
from grader.exercises.course import Course
from grader.exercises.exercise import Exercise
from grader.exercises.files import Side
from grader.grading.attempts import Limits
from grader.reports.reveal import Reveal

UNLIMITED = Limits()
_SCRIPTS = ("setup.sh", "run_autograder")
SECRET = "course/solutions/.seed_secret"
"""In the zip: the key that hidden inputs follow from, made for this zip alone."""
_ZIP_TIME = (1980, 1, 1, 0, 0, 0)


def build(course: Course, exercises: Sequence[Exercise], reveal: Reveal, limits: Limits = UNLIMITED) -> Kit:
    """The content of the zip: the two scripts, and a course with its hidden checks, without reference solutions.

    Raises:
        UsageError: if this grader is not installed from its own checkout.
    """
    blank = release.BLANK / "autograder"
    kit = {name: (blank / name).read_bytes() for name in _SCRIPTS}
    kit["assignment.sh"] = _assignment(exercises, reveal, limits).encode()
    kit |= {f"course/{name}": content for name, content in release.build(course).items()}
    for exercise in exercises:
        kit |= {f"course/{f.side}/{exercise.id}/{f.name}": f.content for f in exercise.files() if f.side is Side.HIDDEN}
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


@contextlib.contextmanager
def uploaded(folder: Path, course: Course, exercises: Sequence[Exercise]) -> Iterator[Pupil]:
    """What lies in one student's folder, zip files included: for each of these exercises the work that counts.

    Raises:
        UsageError: if the folder cannot be read.
    """
    roster = Roster([], course.exercises(), [exercise.id for exercise in exercises])
    with opened(folder) as items:
        yield roster.single("upload", items)


def _assignment(exercises: Sequence[Exercise], reveal: Reveal, limits: Limits) -> str:
    names = " ".join(shlex.quote(exercise.id) for exercise in exercises)
    lines = [f"exercises=({names})", f"reveal={shlex.quote(reveal.value)}"]
    metadata = '--metadata "$root/submission_metadata.json"'
    told = f"--attempts {limits.count} --cool-down {limits.cool_down_min:g} {metadata}" if limits != UNLIMITED else ""
    return "\n".join([*lines, f"limits=({told})", ""])
