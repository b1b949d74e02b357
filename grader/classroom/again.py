"""Asks once more, with the same inputs for everybody, what failed without a named mistake; keeps what it came to."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Generator, Iterable, Mapping, Sequence
from typing import Final

import msgspec

from grader.classroom import plan, unnamed
from grader.classroom.plan import Planned
from grader.classroom.store import GradeStore, Handed, KeptVerdict, key_of
from grader.classroom.unnamed import Answers, Unnamed
from grader.classroom.workforce import Graded, Workforce, grade_all
from grader.exercises.exercise import Exercise
from grader.grading.examiner import Examiner
from grader.grading.version import own_source

EVERYBODY: Final = "\0everybody"
"""Whose inputs these are: a name that no student can have, so that the seed is nobody's."""
LONGEST_S: Final = 10.0
"""Seconds that a work took to grade; one that took longer is not asked again."""
_FACT: Final = "answers"
"""Under which the store keeps them."""
_PROGRAMS: Final = "programs without names"
"""What the store keeps of them, for the next time."""
_PROGRAMS_LOOKED_AT: Final = 5
"""Of one group, for one in which nobody's name is."""

Place = tuple[str, str]
"""An exercise and a work, by their ids."""


def pending(
    store: GradeStore, exercises: Mapping[str, Exercise], force: Workforce, device: str, secret: bytes
) -> list[Planned]:
    """Every work that is to be asked once more, and has not been under the same key; equal works once.

    In each the work's id stands where the student did, so that its answers find their way back. What takes long, such
    as a training, is left out.
    """
    wanted: dict[Place, Handed] = {}
    for verdict in store.verdicts():
        handed = verdict.handed
        quick = verdict.report.duration_s <= LONGEST_S
        if handed.exercise in exercises and quick and unnamed.is_unnamed(verdict.report):
            wanted[handed.exercise, handed.work] = msgspec.structs.replace(handed, student=EVERYBODY, attempt=0)
    known = _kept(store)
    return [
        dataclasses.replace(item, handed=msgspec.structs.replace(item.handed, student=item.handed.work))
        for item in plan.plan(wanted.values(), exercises, force, device, secret)
        if _key(known, item.handed) != item.key
    ]


def ask(store: GradeStore, planned: Sequence[Planned], force: Workforce, examiner: Examiner) -> Generator[Graded]:
    """Ask them, and yield each when it is done; what has been answered is kept, also if nobody waits for the rest.

    What a fault of ours spoils is asked again by the next run.
    """
    known = _kept(store)
    keys = {(item.handed.exercise, item.handed.work): item.key for item in planned}
    try:
        for graded in grade_all(plan.queues(planned, store), force, examiner):
            place = graded.task.exercise, graded.task.student
            if not graded.report.our_fault:
                known[place] = unnamed.answers(*place, keys[place], graded.report)
            yield graded
    finally:
        store.know({_FACT: msgspec.json.encode(list(known.values())).decode()})


def groups(store: GradeStore, verdicts: Iterable[KeptVerdict], names: list[str]) -> tuple[Unnamed, ...]:
    """The groups of the class, each with a program in which none of these names is, where there is one.

    Args:
        store: the class's; it keeps the programs for the next time.
        verdicts: all of it.
        names: of the students, in all their forms.
    """
    who: dict[Place, list[str]] = defaultdict(list)
    works: dict[Place, Handed] = {}
    for verdict in verdicts:
        if unnamed.is_unnamed(verdict.report):
            place = verdict.handed.exercise, verdict.handed.work
            who[place].append(verdict.handed.student)
            works[place] = verdict.handed
    found = unnamed.groups(_kept(store).values(), who)
    made_of = key_of(grader=own_source(), names=names)
    known = _programs(store, made_of)
    wanted = dict(known)
    for group in found:
        for work in group.works[:_PROGRAMS_LOOKED_AT]:
            if work not in wanted:
                wanted[work] = unnamed.anonymous(store.work(works[group.exercise, work]).source, names)
            if wanted[work]:
                break
    if wanted != known:
        store.keep(_PROGRAMS, made_of, msgspec.json.encode(wanted))
    return tuple(msgspec.structs.replace(group, program=_first(group, wanted)) for group in found)


def _first(group: Unnamed, programs: Mapping[str, str]) -> str:
    return next((text for work in group.works[:_PROGRAMS_LOOKED_AT] if (text := programs.get(work, ""))), "")


def _programs(store: GradeStore, made_of: str) -> dict[str, str]:
    """Work's id → the program without comments and names, "" where there is none, as far as it was asked before."""
    try:
        return msgspec.json.decode(store.worked_out(_PROGRAMS, made_of) or b"{}", type=dict[str, str])
    except msgspec.MsgspecError:
        return {}


def _key(known: Mapping[Place, Answers], handed: Handed) -> str:
    answers = known.get((handed.exercise, handed.work))
    return answers.key if answers else ""


def _kept(store: GradeStore) -> dict[Place, Answers]:
    try:
        found = msgspec.json.decode(store.meta(_FACT) or "[]", type=list[Answers])
    except msgspec.MsgspecError:
        return {}
    return {(answers.exercise, answers.work): answers for answers in found}
