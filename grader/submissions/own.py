"""Where a student's own work lies: which file `grade ex13` means."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Final

from grader.errors import UsageError
from grader.exercises.course import Course
from grader.exercises.exercise import Exercise
from grader.submissions.stubs import is_untouched
from grader.submissions.work import check_is_file, notebook_name

GROUPS: Final = {"all": "", "labs": "lab"}
"""What may be said for several exercises → how their labels begin."""


def resolve(course: Course, target: str, exercise_id: str | None = None) -> list[tuple[Exercise, Path]]:
    """What `grade TARGET` means: an exercise's id or number (the student's own file is found), all, labs, or a file.

    Raises:
        UsageError: if it means nothing, or the file is not one.
    """
    if target in GROUPS and not Path(target).exists():
        wanted = [exercise for exercise in course.exercises() if exercise.label.startswith(GROUPS[target])]
        if not wanted:
            raise UsageError(f"This course has no {target}.")
        return [(exercise, own_file(exercise)) for exercise in wanted]
    looks_like_path = any(mark in target for mark in ("/", os.sep, ".")) or Path(target).is_file()
    if not looks_like_path:
        exercise = course.find(target)
        return [(exercise, own_file(exercise))]
    path = Path(target)
    check_is_file(path)
    return [(course.find(exercise_id) if exercise_id else course.of_file(path), path)]


def own_places(exercise: Exercise) -> tuple[tuple[Path, ...], ...]:
    """Where a student may work on an exercise, folder by folder, the best first; `own_file` says which file counts.

    They are the working folder, a folder there that is called like the exercise, the course's own, and the exercise's.
    """
    here, course = Path.cwd(), exercise.folder.parent.parent
    others = [folder for folder in (here / exercise.id, course) if folder not in (here, exercise.folder)]
    folders = dict.fromkeys((here, *others, exercise.folder))
    return tuple((folder / exercise.stub, folder / notebook_name(exercise)) for folder in folders)


def own_file(exercise: Exercise) -> Path:
    """Where the student works on an exercise: the file of the first of `own_places` that has one, else the stub.

    Of a .py file and a notebook side by side the one is meant that was worked on; if both were, the one saved last.
    """
    for folder in own_places(exercise):
        found = [path for path in folder if path.is_file()]
        if len(found) == 1:
            return found[0]
        if found:
            last_first = sorted(found, key=lambda path: path.stat().st_mtime_ns, reverse=True)
            return next((path for path in last_first if not is_untouched(exercise, path)), found[0])
    return exercise.stub_path


def shown(path: Path) -> str:
    """A path as a person would type it: from the working folder where it lies below."""
    return str(path.relative_to(Path.cwd())) if path.is_relative_to(Path.cwd()) else str(path)
