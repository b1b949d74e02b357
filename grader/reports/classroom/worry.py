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
_AGAIN: Final = "to be graded again, through a fault of ours that costs no points"
_DID: Final[Mapping[Kind, str]] = {
    Kind.CRASHED: "crashed the worker",
    Kind.TIMEOUT: "ran out of time",
    Kind.SLOW: "took far longer than usual",
    Kind.NOT_LOADED: "could not be loaded",
}
"""What somebody's work did."""
_WROTE: Final[Mapping[Kind, str]] = {
    Kind.SAME: "wrote the same program.",
    Kind.ALIKE: "wrote nearly the same program, names aside.",
}


def sentence(concern: Concern) -> str:
    """A concern in one sentence, without names."""
    who = counted(len(concern.students), "student")
    match concern.kind:
        case Kind.OURS:
            text = f"{who} {_AGAIN}."
        case kind if kind in _DID:
            text = f"the work of {who} {_DID[kind]}."
        case Kind.UNREAD if not concern.students:
            text = f"{counted(len(concern.details), 'thing')} could not be read as anybody's work."
        case Kind.UNREAD:
            text = f"{who} handed in nothing that could be graded."
        case Kind.LATE:
            text = f"{who} handed in late."
        case kind:
            text = f"{who} {_WROTE[kind]}{_SHORT if kind is Kind.SAME and concern.short else ''}"
    return f"{label(concern.exercise)}: {text}" if concern.exercise else text[0].upper() + text[1:]


def together(concerns: Sequence[Concern]) -> str:
    """Many concerns of one kind in one sentence."""
    works = sum(len(concern.students) for concern in concerns)
    among = f"{counted(len(concerns), 'group')} of students"
    match concerns[0].kind:
        case Kind.OURS:
            text = f"{works} works {_AGAIN}"
        case Kind.LATE:
            text = f"{works} works were handed in late"
        case Kind.UNREAD | Kind.NOT_LOADED:
            text = f"{works} works could not be read or loaded"
        case kind if kind in _DID:
            text = f"{works} works {_DID[kind]}"
        case kind:
            return f"{among} {_WROTE[kind]}"
    return f"{text}, in {len({concern.exercise for concern in concerns})} exercises."
