"""A mark as columns of a gradebook, beside the verdicts' own. Pure."""

from __future__ import annotations

from grader.marks.ledger import Ledger
from grader.marks.mark import number

HEADS = ("mark", "mark out of", "grade", "by hand")


def heads(ledger: Ledger) -> tuple[str, ...]:
    """The columns' names; none where marks are the points."""
    return HEADS if ledger.spoken else ()


def cells(ledger: Ledger, student: str) -> tuple[str | float | None, ...]:
    """A student's cells under `heads`; a mark that is still open is blank, and so is that of whom nobody knows."""
    if not ledger.spoken:
        return ()
    mark, case = ledger.marks.get(student), ledger.cases.get(student)
    if mark is None or case is None:
        return None, None, "", ""
    said = [word for word in case.standing if word.kind == "points"]
    by_hand = "; ".join(f"{word.points} {word.exercise or 'mark'} ({word.who})" for word in said)
    value = None if mark.value is None else _plain(number(mark.value))
    return value, _plain(number(mark.out_of)), mark.grade, by_hand


def _plain(text: str) -> float:
    return int(text) if text.lstrip("-").isdigit() else float(text)
