"""Mistakes that nobody has named: works that fail alike form a group, which an author can give a name.

Each work is asked once more, everybody with the same inputs: who then gives the same wrong answers makes the same
mistake.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from msgspec import Struct

from grader.results import CheckResult, Report, Status
from grader.sandbox import facts
from grader.sandbox.reader import HERE, TooCostly

_LOST: Final = (Status.FAILED, Status.ERROR, Status.TIMEOUT, Status.CRASHED)
_SAID_SHOWN: Final = 400
Lost = tuple[tuple[str, str, str, str], ...]


class Answers(Struct, frozen=True, kw_only=True):
    """What a work came to on the inputs that everybody got.

    Attributes:
        exercise: its id.
        work: the work's id.
        key: under which the verdict is known; another key, and the work has to be asked again.
        lost: for each check that it lost: its id, the status, the mistake's name or "", and what was answered.
    """

    exercise: str
    work: str
    key: str
    lost: Lost = ()


class Unnamed(Struct, frozen=True, kw_only=True):
    """Students whose work fails alike, at least at one check without a named mistake.

    Attributes:
        exercise: its id.
        number: 1 for the exercise's largest group.
        students: by name.
        check: id of the first check that was lost without a name.
        checks: ids of all that were lost, in their order.
        said: what was seen at `check`.
        works: ids of the works, one at least.
        program: one of them without comments, in which nobody's name is; "" if there is none such.
    """

    exercise: str
    number: int
    students: tuple[str, ...]
    check: str
    checks: tuple[str, ...]
    said: str
    works: tuple[str, ...] = ()
    program: str = ""


def is_unnamed(report: Report) -> bool:
    """Whether somebody was told that an answer is wrong, or that the code raised, and not by which mistake."""
    whole = report.problem is None and not report.our_fault
    return whole and any(map(_nameless, report.checks))


def answers(exercise: str, work: str, key: str, report: Report) -> Answers:
    """What a work came to; nothing lost where it cannot be told, so that it is in no group."""
    lost = () if report.our_fault else tuple(_lost(result) for result in report.checks if result.status in _LOST)
    return Answers(exercise=exercise, work=work, key=key, lost=lost)


def groups(found: Iterable[Answers], who: Mapping[tuple[str, str], Sequence[str]]) -> tuple[Unnamed, ...]:
    """The groups of each exercise, the largest first, without programs.

    Args:
        found: of all works that were asked once more.
        who: (exercise, work) → the students who handed it in.
    """
    alike: dict[str, dict[tuple[tuple[str, str, str, str], ...], list[Answers]]] = defaultdict(
        lambda: defaultdict(list)
    )
    for one in found:
        if who.get((one.exercise, one.work)) and any(not name for _, _, name, _ in one.lost):
            alike[one.exercise][one.lost].append(one)
    groups = []
    for exercise, by_answers in alike.items():
        students = {
            lost: tuple(sorted(name for one in works for name in who[exercise, one.work]))
            for lost, works in by_answers.items()
        }
        for number, lost in enumerate(sorted(students, key=lambda lost: (-len(students[lost]), lost)), 1):
            check, said = next((id_, said) for id_, _, name, said in lost if not name)
            groups.append(
                Unnamed(
                    exercise=exercise,
                    number=number,
                    students=students[lost],
                    check=check,
                    checks=tuple(id_ for id_, *_ in lost),
                    said=said,
                    works=tuple(sorted(one.work for one in by_answers[lost])),
                )
            )
    return tuple(sorted(groups, key=lambda group: -len(group.students)))


def anonymous(source: bytes, names: Iterable[str]) -> str:
    """A program without comments and docstrings; "" if it cannot be read, or a name of these is in it all the same.

    Raises:
        SandboxUnavailable: if there is nobody to read it.
    """
    try:
        found = HERE.ask(facts.WithoutNames(source, list(names)))
    except TooCostly:
        return ""
    return found.data.decode() if isinstance(found, facts.Content) else ""


def _nameless(result: CheckResult) -> bool:
    return result.status in (Status.FAILED, Status.ERROR) and not result.mistake


def _lost(result: CheckResult) -> tuple[str, str, str, str]:
    # An error's place is a line of this student's own file; what was raised is the same for all who make the mistake.
    said = result.evidence.get("error", "") if result.status is Status.ERROR else result.message
    name = result.mistake or ("" if _nameless(result) else result.status.value)
    return result.id, result.status.value, name, said[:_SAID_SHOWN]
