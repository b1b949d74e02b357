"""Asks once more, with the same inputs for everybody, what failed without a named mistake; keeps what it came to."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Mapping
from typing import Final

import msgspec

from grader.classroom import plan, unnamed
from grader.classroom.store import GradeStore, Handed
from grader.classroom.unnamed import Answers, Unnamed
from grader.classroom.workforce import Workforce, grade_all
from grader.exercises.exercise import Exercise
from grader.grading.desk import Desk

EVERYBODY: Final = "\0everybody"
"""Whose inputs these are: a name that no student can have, so that the seed is nobody's."""
_FACT: Final = "answers"
"""Under which the store keeps them."""
_PROGRAMS_LOOKED_AT: Final = 5
"""Of one group, for one in which nobody's name is."""

Place = tuple[str, str]
"""An exercise and a work, by their ids."""


def ask(
    store: GradeStore, exercises: Mapping[str, Exercise], force: Workforce, desk: Desk, device: str, secret: bytes
) -> int:
    """Ask every work that needs it and has not been asked under the same key; how many that were.

    Equal works are asked once. What a fault of ours spoils is asked again by the next run.
    """
    wanted: dict[Place, Handed] = {}
    for verdict in store.verdicts():
        handed = verdict.handed
        if handed.exercise in exercises and unnamed.is_unnamed(verdict.report):
            wanted[handed.exercise, handed.work] = msgspec.structs.replace(handed, student=EVERYBODY, attempt=0)
    known = _kept(store)
    planned = plan.plan(wanted.values(), exercises, force, device, secret)
    # The seed is drawn; from here on the work stands where the student did, so that its answers find their way back.
    pending = {
        (item.handed.exercise, item.handed.work): dataclasses.replace(
            item, handed=msgspec.structs.replace(item.handed, student=item.handed.work)
        )
        for item in planned
        if _key(known, item.handed) != item.key
    }
    for graded in grade_all(plan.queues(list(pending.values()), store), force, desk):
        place = graded.task.exercise, graded.task.student
        if not graded.report.our_fault:
            known[place] = unnamed.answers(*place, pending[place].key, graded.report)
    if pending:
        store.keep(_FACT, msgspec.json.encode(list(known.values())).decode())
    return len(pending)


def groups(store: GradeStore, names: list[str]) -> tuple[Unnamed, ...]:
    """The groups of the class, each with a program in which none of these names is, where there is one."""
    who: dict[Place, list[str]] = defaultdict(list)
    works: dict[Place, Handed] = {}
    for verdict in store.verdicts():
        if unnamed.is_unnamed(verdict.report):
            place = verdict.handed.exercise, verdict.handed.work
            who[place].append(verdict.handed.student)
            works[place] = verdict.handed
    found = unnamed.groups(_kept(store).values(), who)
    return tuple(msgspec.structs.replace(group, program=_program(store, group, works, names)) for group in found)


def _program(store: GradeStore, group: Unnamed, works: Mapping[Place, Handed], names: list[str]) -> str:
    for work in group.works[:_PROGRAMS_LOOKED_AT]:
        if text := unnamed.anonymous(store.work(works[group.exercise, work]).source, names):
            return text
    return ""


def _key(known: Mapping[Place, Answers], handed: Handed) -> str:
    answers = known.get((handed.exercise, handed.work))
    return answers.key if answers else ""


def _kept(store: GradeStore) -> dict[Place, Answers]:
    try:
        found = msgspec.json.decode(store.meta(_FACT) or "[]", type=list[Answers])
    except msgspec.MsgspecError:
        return {}
    return {(answers.exercise, answers.work): answers for answers in found}
