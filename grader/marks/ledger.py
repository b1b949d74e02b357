"""Everybody's marks with what was said: what a class's reports show of them."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from grader.classroom.record import ClassRecord, ExerciseInfo
from grader.classroom.store import GradeStore
from grader.marks import journal
from grader.marks.case import Case, case_of, cases_of, mark, policy_of
from grader.marks.mark import Mark
from grader.marks.policy import NONE, Policy
from grader.marks.words import Word

REVEAL: Final = "reveal"
"""The fact under which a class keeps how much of hidden checks its students' pages show."""


class Ledger(Struct, frozen=True, kw_only=True):
    """A class's marks.

    Attributes:
        cases: student → everything that the mark is made of.
        marks: student → the mark, if `spoken`.
        words: everything that was said of anybody, in its order.
        policy: what they are made by.
        exercises: that the class is graded on.
        spoken: whether there is a policy or an adjustment, so that marks are something else than points.
    """

    cases: Mapping[str, Case] = {}
    marks: Mapping[str, Mark] = {}
    words: tuple[Word, ...] = ()
    policy: Policy = NONE
    exercises: tuple[ExerciseInfo, ...] = ()
    spoken: bool = False


NOTHING_SAID: Final = Ledger()
"""Of a class that nobody has spoken of."""


def ledger_of(record: ClassRecord, store: GradeStore, results: Path) -> Ledger:
    """The marks of a class whose record was just read from `store`, which is that of the folder `results`.

    Raises:
        UsageError: if the policy cannot be understood any more.
    """
    with journal.opened(results) as book:
        cases = cases_of(record, store, book)
        policy = policy_of(store, book)
        words = book.words()
        spoken = bool(book.policies() or words)
    marks = {name: mark(policy, record.exercises, case) for name, case in cases.items()} if spoken else {}
    return Ledger(
        cases=cases,
        marks=marks,
        words=tuple(words),
        policy=policy,
        exercises=record.exercises,
        spoken=spoken,
    )


def ledger_of_one(student: str, store: GradeStore, book: journal.Journal) -> Ledger:
    """What one student's page needs of it.

    Raises:
        UsageError: if nobody is called so, or the policy cannot be understood any more.
    """
    case, policy, exercises = case_of(store, book, student), policy_of(store, book), tuple(store.exercises())
    return Ledger(
        cases={student: case},
        marks={student: mark(policy, exercises, case)},
        words=case.words,
        policy=policy,
        exercises=exercises,
        spoken=bool(book.policies() or case.words),
    )


def renamed(ledger: Ledger, names: Mapping[str, str]) -> Ledger:
    """The same of students under other names: `names` says whose is which."""
    return replace(
        ledger,
        cases={names.get(name, name): case for name, case in ledger.cases.items()},
        marks={names.get(name, name): mark for name, mark in ledger.marks.items()},
        words=tuple(replace(word, student=names.get(word.student, word.student)) for word in ledger.words),
    )
