"""A course: its exercises are the folders in `exercises/`, and for instructors their twins in `solutions/`."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from grader.errors import NoSuchExercise, UsageError
from grader.exercises.exercise import Exercise, read
from grader.text import label, number_of

_ALIKE: Final = 0.8
"""How alike a name must be to what was typed to be meant, as difflib measures it."""
FEW: Final = 8
"""So many exercises are told by their ids in one sentence."""
VARIABLE: Final = "GRADE_COURSE"
"""The course's folder, in the environment."""
PACKAGE: Final = Path(__file__).resolve().parents[1]
INSTALLED: Final = PACKAGE / "course"
"""The course in a wheel of this package: what students get of each exercise."""


@dataclass(frozen=True)
class Course:
    """A folder that holds `exercises/` and, for instructors, `solutions/`."""

    root: Path

    def ids(self) -> tuple[str, ...]:
        """The ids of all exercises, by number; none is read."""
        return tuple(sorted(path.parent.name for path in (self.root / "exercises").glob("*/exercise.toml")))

    def exercises(self) -> tuple[Exercise, ...]:
        """All exercises, by number.

        Raises:
            AuthoringError: if one cannot be read.
        """
        return tuple(self._read(exercise_id) for exercise_id in self.ids())

    def find(self, wanted: str) -> Exercise:
        """The exercise meant by an id, a part of one or a number: "ex13_sin_gradient", "ex13", "13". No other is read.

        Raises:
            AuthoringError: if it cannot be read.
            UsageError: if there is none, or more than one.
        """
        ids = self.ids()
        text = wanted.casefold()
        found = [name for name in ids if text == name.casefold()]
        if not found and text.isdecimal() and len(text) < 10:
            found = [name for name in ids if (number := number_of(name)) and number[1] == int(text)]
            found = [name for name in found if name.startswith("ex")] or found
        if not found and number_of(text) and label(text) == text:
            found = [name for name in ids if number_of(name) == number_of(text)]
        if not found and len(text) > 2:
            found = [name for name in ids if text in name.casefold()]
        if len(found) == 1:
            return self._read(found[0])
        import difflib

        near = [] if found else difflib.get_close_matches(text, [*map(label, ids), *ids], 2, _ALIKE)
        if near:
            raise NoSuchExercise(f"There is no exercise {wanted!r}. Did you mean {' or '.join(near)}?")
        if found:
            raise UsageError(f"{wanted!r} means more than one exercise: {', '.join(found)}.")
        raise NoSuchExercise(f"There is no exercise {wanted!r}. The exercises are: {_in_short(ids)}.")

    def _read(self, exercise_id: str) -> Exercise:
        return read(self.root / "exercises" / exercise_id, self.root / "solutions" / exercise_id)

    def of_file(self, path: Path) -> Exercise:
        """The exercise that a file's name belongs to: its stub's name, or a name that contains it or its number.

        Raises:
            UsageError: if the name belongs to no exercise.
        """
        exercises = self.exercises()
        if found := named_after(exercises, path.stem, path.resolve().parent.name):
            return found[0]
        example = exercises[0].stub if exercises else "ex01.py"
        raise UsageError(
            f"{path.name}: the name does not say which exercise this is. "
            f"Name the file like its stub, for example {example}, or say --exercise ID."
        )


def named_after(exercises: Sequence[Exercise], stem: str, folder: str) -> tuple[Exercise, int] | None:
    """The exercise that a file is for, by its name without ending and its folder's name, and how surely.

    Returns:
        The exercise, and 0 if the file is called like its stub, 1 if its name contains that, 2 if the exercise's number
        is a word of it, 3 if only the folder says so; None if nothing does.
    """
    name = stem.casefold()
    words = re.split(r"[^a-z0-9]+", name)
    for sureness, found in enumerate(
        (
            [e for e in exercises if name == e.stub.casefold().removesuffix(".py")],
            [e for e in exercises if e.stub.casefold().removesuffix(".py") in name],
            [e for e in exercises if label(e.id) in words],
            [e for e in exercises if folder.casefold() in (e.id.casefold(), label(e.id))],
        )
    ):
        if len(found) == 1:
            return found[0], sureness
    return None


def warm_modules(exercises: Sequence[Exercise]) -> tuple[str, ...]:
    """What a zygote should import, beside torch, before its first worker: what each of these exercises needs.

    What only some need is imported when the first worker for one of them is asked for: nobody waits for the others'.
    """
    return tuple(name for name in exercises[0].warm if all(name in e.warm for e in exercises)) if exercises else ()


def _in_short(ids: Sequence[str]) -> str:
    """Ids; of many, the first and the last of each kind, where nothing between them is missing."""
    if len(ids) <= FEW:
        return ", ".join(ids)
    kinds: dict[str, list[tuple[int, str]]] = {}
    for name in ids:
        kind, number = number_of(name) or (name, 0)
        kinds.setdefault(kind, []).append((number, label(name)))
    parts: list[str] = []
    for found in kinds.values():
        (first, begin), (last, end) = found[0], found[-1]
        whole = last - first + 1 == len(found) > 2
        parts += [f"{begin} to {end}"] if whole else [name for _, name in found]
    return ", ".join(parts)


def find_course(start: Path | None = None) -> Course:
    """The course at or above `start`.

    Without it: the one that GRADE_COURSE in the environment names; around the working folder; the one that this package
    comes from, a clone or a kit; the one that was installed with it.

    Raises:
        UsageError: if there is none.
    """
    if start is None and (named := os.environ.get(VARIABLE)):
        start = Path(named)
    here = (start or Path.cwd()).resolve()
    fallback = [] if start else [PACKAGE.parent, INSTALLED]
    for folder in (here, *here.parents, *fallback):
        if any((folder / "exercises").glob("*/exercise.toml")):
            return Course(folder)
    raise UsageError(f"No exercises/ folder in {here} or above. Go to the course's folder, or say --course FOLDER.")
