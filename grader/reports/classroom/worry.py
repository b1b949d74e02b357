"""The words for what needs a person: a sentence for its line, a word or two for a student's row."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from grader.classroom.attention import Concern, Kind
from grader.text import counted, label

CHIPS: Final[Mapping[Kind, str]] = {
    Kind.OURS: "our fault",
    Kind.CRASHED: "crashed",
    Kind.TIMEOUT: "timeout",
    Kind.SLOW: "slow",
    Kind.UNREAD: "not read",
    Kind.NOT_LOADED: "not loaded",
    Kind.LATE: "late",
    Kind.SAME: "same",
    Kind.ALIKE: "alike",
}
STYLES: Final[Mapping[Kind, str]] = {
    Kind.OURS: "bad",
    Kind.CRASHED: "bad",
    Kind.TIMEOUT: "bad",
    Kind.SLOW: "warn",
    Kind.UNREAD: "warn",
    Kind.NOT_LOADED: "warn",
    Kind.LATE: "warn",
    Kind.SAME: "calm",
    Kind.ALIKE: "calm",
}
"""How urgent each is."""
_SHORT: Final = " It is short, and many write it so."


def sentence(concern: Concern) -> str:
    """A concern in one sentence, without names."""
    who = counted(len(concern.students), "student")
    match concern.kind:
        case Kind.OURS:
            text = f"{who} to be graded again, through a fault of ours that costs no points."
        case Kind.CRASHED:
            text = f"the work of {who} crashed the worker."
        case Kind.TIMEOUT:
            text = f"the work of {who} ran out of time."
        case Kind.SLOW:
            text = f"the work of {who} took far longer than usual."
        case Kind.UNREAD if not concern.students:
            text = f"{counted(len(concern.details), 'thing')} could not be read as anybody's work."
        case Kind.UNREAD:
            text = f"{who} handed in nothing that could be graded."
        case Kind.NOT_LOADED:
            text = f"the work of {who} could not be loaded."
        case Kind.LATE:
            text = f"{who} handed in late."
        case Kind.SAME:
            text = f"{who} wrote the same program.{_SHORT if concern.short else ''}"
        case Kind.ALIKE:
            text = f"{who} wrote nearly the same program, names aside."
    return f"{label(concern.exercise)}: {text}" if concern.exercise else text[0].upper() + text[1:]


def together(concerns: Sequence[Concern]) -> str:
    """Many concerns of one kind in one sentence."""
    works = sum(len(concern.students) for concern in concerns)
    among = f"{counted(len(concerns), 'group')} of students"
    match concerns[0].kind:
        case Kind.OURS:
            text = f"{works} works to be graded again, through a fault of ours that costs no points"
        case Kind.CRASHED:
            text = f"{works} works crashed the worker"
        case Kind.TIMEOUT:
            text = f"{works} works ran out of time"
        case Kind.SLOW:
            text = f"{works} works took far longer than usual"
        case Kind.LATE:
            text = f"{works} works were handed in late"
        case Kind.SAME:
            return f"{among} wrote the same program."
        case Kind.ALIKE:
            return f"{among} wrote nearly the same program, names aside."
        case _:
            text = f"{works} works could not be read or loaded"
    return f"{text}, in {len({concern.exercise for concern in concerns})} exercises."
