"""Takes in what lies beside a class's submissions about marks: its policy, and when work came."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from pathlib import Path

from msgspec import Struct

from grader.classroom.moments import Moment
from grader.classroom.store import GradeStore
from grader.marks import journal, times
from grader.marks import policy as policies
from grader.marks.case import exercise_id, policy_of, strangers


class Beside(Struct, frozen=True, kw_only=True):
    """What was found. `policy`: its text, "" without one; `file`: what it is called; `rows`: of times."""

    policy: str = ""
    file: str = ""
    rows: tuple[times.Told, ...] = ()


def found(submissions: Path | None, policy: Path | None, moments: Path | None, names: Mapping[str, str]) -> Beside:
    """The policy and the times of a class, understood, before anything is graded.

    Args:
        submissions: `policy.toml` and `times.csv` are looked for in it, then beside it; None: nowhere.
        policy: the policy's file, if one was named.
        moments: the file of times, if one was named.
        names: every way to call an exercise → its id.

    Raises:
        UsageError: one sentence about the first mistake in them.
    """
    rules, clock = (
        named or _beside(submissions, name) for named, name in ((policy, policies.FILE), (moments, times.FILE))
    )
    text = policies.read(rules) if rules is not None else ""
    if text:
        policies.parse(text, names, rules.name if rules is not None else "")
    rows = times.read(clock) if clock is not None else []
    return Beside(policy=text, file=rules.name if rules is not None else "", rows=tuple(rows))


def keep(
    beside: Beside,
    results: Path,
    store: GradeStore,
    told: Mapping[tuple[str, str], Moment],
    exercises: Collection[str] | None = None,
) -> list[str]:
    """Keep all of it in `grades.db`; sentences about what helps nobody.

    Args:
        beside: what was found.
        results: the folder of `store`.
        store: open.
        told: (student, exercise id) → what the platform says; None of it is said otherwise by `beside`, it counts.
        exercises: ids of those that `told` speaks of; None: it speaks of nothing new.
    """
    students = [student.name for student in store.students()]
    every = [info.id for info in store.exercises()]
    named: Callable[[str], str] = lambda called: exercise_id(store, called)  # noqa: E731
    said, doubts = times.told_of(beside.rows, students, every, named)
    if exercises is None:
        store.note_moments({**store.moments(), **said}, every)
    else:
        store.note_moments({**told, **said}, exercises)
    with journal.opened(results) as book:
        if beside.policy:
            book.take_policy(beside.policy, beside.file)
        return [*doubts, *strangers(policy_of(store, book), students)]


def _beside(submissions: Path | None, name: str) -> Path | None:
    if submissions is None:
        return None
    places = (submissions / name, submissions.resolve().parent / name)
    return next((path for path in places if path.is_file()), None)
