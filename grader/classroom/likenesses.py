"""Whose work in a class is alike, worked out once: an exercise is compared anew if one of its works has changed."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import msgspec

from grader.classroom.alike import Alike, Written, alike
from grader.classroom.store import GradeStore, Handed, key_of
from grader.exercises.exercise import Exercise
from grader.grading.version import own_source
from grader.sandbox.facts import Likeness
from grader.submissions.work import of_bytes

_WHAT = "alike in"


def likenesses(
    store: GradeStore, exercises: Iterable[Exercise], judged: Iterable[Handed], together: Mapping[str, Sequence[str]]
) -> tuple[Alike, ...]:
    """The groups of the class, the largest first.

    Args:
        store: the class's; it keeps what was worked out.
        exercises: those that are compared.
        judged: everything that has a verdict.
        together: student → who has handed in with them, and may have the same.
    """
    by_exercise: dict[str, list[Handed]] = {}
    for handed in judged:
        by_exercise.setdefault(handed.exercise, []).append(handed)
    found: list[Alike] = []
    for exercise in exercises:
        if works := by_exercise.get(exercise.id):
            found += _of_exercise(store, exercise, works, together)
    return tuple(sorted(found, key=lambda one: -len(one.students)))


def own_programs(exercise: Exercise) -> list[Path]:
    """The course's own programs, the stub first: what they say is nobody's own."""
    paths = [exercise.stub_path]
    if exercise.solution_folder is not None and exercise.solution_path is not None:
        paths += [exercise.solution_path, *sorted((exercise.solution_folder / "right").glob("*.py"))]
    return paths


def _of_exercise(
    store: GradeStore, exercise: Exercise, works: Sequence[Handed], together: Mapping[str, Sequence[str]]
) -> Sequence[Alike]:
    programs = {path: _content(path) for path in own_programs(exercise)}
    made_of = key_of(
        grader=own_source(),
        course=[hashlib.sha256(content).hexdigest() for content in programs.values()],
        works=sorted((handed.student, handed.work, list(together.get(handed.student, ()))) for handed in works),
    )
    what = f"{_WHAT} {exercise.id}"
    if (kept := store.worked_out(what, made_of)) is not None:
        try:
            return msgspec.json.decode(kept, type=list[Alike])
        except msgspec.MsgspecError:
            pass  # somebody has meddled with it
    found = _compared(store, exercise, programs, together)
    store.keep(what, made_of, msgspec.json.encode(found))
    return found


def _compared(
    store: GradeStore, exercise: Exercise, programs: Mapping[Path, bytes], together: Mapping[str, Sequence[str]]
) -> Sequence[Alike]:
    said = {path: _likeness(path.name, content) for path, content in programs.items()}
    stub = said[exercise.stub_path].fingerprint
    works = [
        Written(handed.student, exercise.id, likeness, tuple(together.get(handed.student, ())))
        for handed, likeness in store.likenesses(exercise.id)
        # Everybody has the stub: that two have not touched it says nothing.
        if likeness.fingerprint != stub
    ]
    return alike(works, {exercise.id: frozenset().union(*(likeness.sketch for likeness in said.values()))})


def _content(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def _likeness(name: str, content: bytes) -> Likeness:
    return of_bytes(name, content).likeness if content else Likeness()
