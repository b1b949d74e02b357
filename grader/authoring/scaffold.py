"""Fills a new exercise's two folders with a small example that works, from the files in `blank/`."""

from __future__ import annotations

import re
from pathlib import Path
from string import Template

from grader.errors import UsageError
from grader.exercises.course import Course
from grader.text import number_of

_ID = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
_BLANK = Path(__file__).resolve().parent / "blank"
_SUFFIX = ".txt"
"""Python files carry it here, so that nothing takes them for modules of this package."""


def create(course: Course, exercise_id: str) -> tuple[Path, ...]:
    """Make `exercises/<id>/` and `solutions/<id>/`; the files that were made.

    Raises:
        UsageError: if the id is none, or taken, or the course cannot be written to.
    """
    _check_id(course, exercise_id)
    try:
        return _made(course, exercise_id)
    except OSError as error:
        place = error.filename or course.root
        raise UsageError(f"{place} cannot be written: {error.strerror}. Make the course a copy of your own.") from None


def _made(course: Course, exercise_id: str) -> tuple[Path, ...]:
    words = {
        "id": exercise_id,
        "label": exercise_id.split("_")[0],
        "title": exercise_id.partition("_")[2].replace("_", " ").capitalize() or exercise_id,
    }
    made = []
    for side, folder in (("exercise", "exercises"), ("solution", "solutions")):
        for source in sorted(path for path in (_BLANK / side).rglob("*") if path.is_file()):
            name = source.name.removesuffix(_SUFFIX).replace("stub", exercise_id).replace("solution", exercise_id)
            target = course.root / folder / exercise_id / source.parent.relative_to(_BLANK / side) / name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(Template(source.read_text(encoding="utf-8")).substitute(words), encoding="utf-8")
            made.append(target)
    return tuple(made)


def _check_id(course: Course, exercise_id: str) -> None:
    if not _ID.fullmatch(exercise_id):
        raise UsageError(
            f"{exercise_id!r} cannot name an exercise: use small letters, digits and underscores, as in ex16_attention."
        )
    for side in ("exercises", "solutions"):
        if (course.root / side / exercise_id).exists():
            raise UsageError(f"{side}/{exercise_id} exists already: choose another name, or remove it first.")
    number = number_of(exercise_id)
    twins = [exercise.id for exercise in course.exercises() if number and number_of(exercise.id) == number]
    if twins:
        label = exercise_id.split("_")[0]
        raise UsageError(f"{exercise_id} would share its number with {twins[0]}, and `grade {label}` would mean both.")
