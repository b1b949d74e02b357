"""Makes a known mistake of one that a class has made: its program becomes a file of wrong/, without anybody's name."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from grader.authoring.verify import FORM
from grader.classroom.unnamed import Unnamed
from grader.errors import UsageError
from grader.exercises.exercise import Exercise
from grader.text import counted

_NAME: Final = re.compile(r"[a-z][a-z0-9_]*")


def adopt(exercise: Exercise, group: Unnamed, name: str, sentence: str) -> Path:
    """Write the group's program as `wrong/NAME.py`, with the promise that it fails where the class's did.

    Args:
        exercise: whose solutions are here.
        group: of this exercise.
        name: of the new file, without its ending.
        sentence: what students are to read; a check must say it from now on.

    Raises:
        UsageError: if the file cannot be made, saying why.
    """
    if exercise.solution_folder is None:
        raise UsageError(f"{exercise.id} has no folder in solutions/ here, so there is nowhere to write to.")
    if not _NAME.fullmatch(name):
        raise UsageError(f"{name!r} names no file: take small letters, digits and _, such as sums_over_columns.")
    if not sentence.strip() or '"' in sentence or not sentence.isprintable():
        raise UsageError(f'The sentence must be one line without ", since a first line reads: {FORM}')
    if not group.program:
        raise UsageError(
            f"Every program of group {group.number} that was looked at holds a student's name or cannot be read: "
            "write the file by hand."
        )
    path = exercise.solution_folder / "wrong" / f"{name}.py"
    checks = [group.check, *(check for check in group.checks if check != group.check)]  # the sentence is the first's
    promise = f'# fails: {", ".join(checks)} — "{sentence.strip()}"\n# base: none\n'
    try:
        path.parent.mkdir(exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(promise + group.program)
    except FileExistsError:
        raise UsageError(f"{path} is there already: choose another name.") from None
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror}.") from None
    return path


def group_of(exercise: Exercise, number: int, groups: tuple[Unnamed, ...]) -> Unnamed:
    """The exercise's group of that number.

    Raises:
        UsageError: if there is none.
    """
    of_exercise = [group for group in groups if group.exercise == exercise.id]
    for group in of_exercise:
        if group.number == number:
            return group
    there = counted(len(of_exercise), "group")
    raise UsageError(f"{exercise.id} has no group {number}: it has {there} of mistakes without a name.")
