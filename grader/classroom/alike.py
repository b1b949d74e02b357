"""Which students of a class wrote the same program, or one that is the same but for its names. Pure.

What the stub, the solution and other right programs of the course say is nobody's own and is left out, and so is what
more than half of the class says. Programs of which too little is left are compared as a whole: the same or not.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from msgspec import Struct

from grader.sandbox.facts import Likeness

OWN_AT_LEAST: Final = 8
"""Hashes that must be left of a program: some 20 to 30 tokens of its own."""
SHARE: Final = 0.8
"""Of the hashes that two programs have together, how many both must have."""
_UNCOMMON: Final = 0.5
"""Share of the class; what more of it have is how one writes this."""
_SMALL: Final = 10
"""Works; of fewer nobody can say what is common."""


class Alike(Struct, frozen=True, kw_only=True):
    """Students whose work for one exercise is alike, by name.

    Attributes:
        exercise: its id.
        students: at least two who have not handed it in together.
        same: whether it is the same program; otherwise the same but for names and a few words.
        short: whether next to nothing in it is not in the course's own programs, too: many write it so.
    """

    exercise: str
    students: tuple[str, ...]
    same: bool
    short: bool = False


@dataclass(frozen=True)
class Written:
    """What a student wrote for an exercise, and with whom; `likeness.fingerprint` "" is compared with nobody."""

    student: str
    exercise: str
    likeness: Likeness
    together: tuple[str, ...] = ()


def alike(works: Iterable[Written], common: Mapping[str, frozenset[int]]) -> tuple[Alike, ...]:
    """Groups of each exercise, the largest first.

    Args:
        works: everybody's.
        common: exercise id → hashes of the course's own programs.
    """
    by_exercise: dict[str, list[Written]] = defaultdict(list)
    for work in works:
        if work.likeness.fingerprint:
            by_exercise[work.exercise].append(work)
    found = []
    for exercise, group in by_exercise.items():
        found += _groups(exercise, group, common.get(exercise, frozenset()))
    return tuple(sorted(found, key=lambda one: -len(one.students)))


def _groups(exercise: str, works: Sequence[Written], common: frozenset[int]) -> list[Alike]:
    often = Counter(hash_ for work in works for hash_ in work.likeness.sketch)
    limit = max(2.0, _UNCOMMON * len(works))
    own = [
        frozenset(h for h in work.likeness.sketch if h not in common and (often[h] <= limit or len(works) < _SMALL))
        for work in works
    ]
    leader = list(range(len(works)))

    def lead(index: int) -> int:
        while leader[index] != index:
            leader[index] = leader[leader[index]]
            index = leader[index]
        return index

    for one, other in (*_equal(works), *_similar(works, own)):
        if works[other].student not in works[one].together:
            leader[lead(other)] = lead(one)
    members: dict[int, list[int]] = defaultdict(list)
    for index in range(len(works)):
        members[lead(index)].append(index)
    return [
        Alike(
            exercise=exercise,
            students=tuple(sorted(works[index].student for index in group)),
            same=len({works[index].likeness.fingerprint for index in group}) == 1,
            short=all(len(own[index]) < OWN_AT_LEAST for index in group),
        )
        for group in members.values()
        if len(group) > 1
    ]


def _equal(works: Sequence[Written]) -> Iterable[tuple[int, int]]:
    """Pairs with the same program that tie all who have it together, though some may have handed it in as a group."""
    by_program: dict[str, list[int]] = defaultdict(list)
    for index, work in enumerate(works):
        by_program[work.likeness.fingerprint].append(index)
    for group in by_program.values():
        yield from ((group[0], other) for other in group[1:])
        yield from ((group[-1], other) for other in group[1:-1])


def _similar(works: Sequence[Written], own: Sequence[frozenset[int]]) -> list[tuple[int, int]]:
    """Pairs of which enough is their own, and nearly all of that the other's, too."""
    import numpy as np  # for a class's reports alone

    long = [index for index, hashes in enumerate(own) if len(hashes) >= OWN_AT_LEAST]
    firsts: dict[frozenset[int], int] = {}
    pairs = []
    for index in long:  # who has the same hashes is compared once
        if (first := firsts.setdefault(own[index], index)) != index:
            pairs.append((first, index))
    distinct = list(firsts.values())
    often = Counter(hash_ for index in distinct for hash_ in own[index])
    columns = {hash_: column for column, hash_ in enumerate(h for h, count in often.items() if count > 1)}
    if not columns:
        return pairs
    table = np.zeros((len(distinct), len(columns)), "float32")
    for row, index in enumerate(distinct):
        table[row, [columns[hash_] for hash_ in own[index] if hash_ in columns]] = 1
    shared = table @ table.T
    sizes = np.array([len(own[index]) for index in distinct], "float32")
    near = shared >= SHARE * (sizes[:, None] + sizes[None, :] - shared)
    return pairs + [(distinct[one], distinct[other]) for one, other in zip(*np.nonzero(np.triu(near, 1)), strict=True)]
