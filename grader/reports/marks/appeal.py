"""One page to hand out when a mark is questioned: the verdict reached again, the steps to the mark, and the history."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from msgspec.structs import replace

from grader.classroom.moments import Moment
from grader.classroom.store import Handed
from grader.marks.case import Case
from grader.marks.journal import ToldPolicy
from grader.marks.ledger import Ledger
from grader.marks.words import Word
from grader.reports import pages
from grader.reports.classroom.replay import differences
from grader.reports.conceal import conceal
from grader.reports.marks.history import events
from grader.reports.marks.student import Marked, marked, titles
from grader.reports.reveal import Reveal
from grader.results import Report
from grader.text import label


def render(
    title: str,
    student: str,
    first: Report,
    second: Report,
    ledger: Ledger,
    verdicts: Sequence[tuple[Handed, str, Report]],
    policies: Sequence[ToldPolicy],
    moments: Sequence[tuple[str, str, Moment]],
    reveal: Reveal,
) -> str:
    """The page. What is hidden from students stays hidden, in the replay and in the history, too.

    Args:
        title: what the class is called.
        student: whose verdict it is.
        first: the verdict that stands; complete.
        second: the same questions, asked again now; complete.
        ledger: the class's marks.
        verdicts: every verdict on the student's work, with when it was reached.
        policies: every policy of the class.
        moments: what was told, when, of when work came.
        reveal: how much students see of hidden checks.
    """
    before, after = conceal(first, reveal), conceal(second, reveal)
    exercise = first.exercise
    return pages.render(
        "appeal.html",
        styles=("page.css", "report.css", "measured.css", "marked.css"),
        class_title=title,
        student=student,
        exercise=label(exercise),
        number=first.seed,
        report=after,
        differences=differences(before, after),
        hidden_differs=not differences(before, after) and bool(differences(first, second)),
        marked=_of(exercise, _spoken(ledger, student, reveal)),
        history=events(
            [found for found in verdicts if found[0].exercise == exercise],
            _public(ledger.cases[student], exercise),
            policies,
            [told for told in moments if told[1] == exercise],
            checks=titles(ledger.cases[student], reveal),
        ),
        today=datetime.now(UTC).strftime("%Y-%m-%d"),
    )


def _spoken(ledger: Ledger, student: str, reveal: Reveal) -> Marked | None:
    return marked(replace(ledger, spoken=True), student, reveal)


def _of(exercise: str, found: Marked | None) -> Marked | None:
    """The mark with only this exercise in detail."""
    if found is None:
        return None
    return replace(found, exercises=tuple(each for each in found.exercises if each.id == exercise))


def _public(case: Case, exercise: str) -> list[Word]:
    """What was said of an exercise, or the mark, and is no note: neither is what takes a note back."""
    notes = {word.id for word in case.words if word.kind == "note"}
    return [
        word
        for word in case.words
        if word.exercise in ("", exercise) and word.id not in notes and word.withdraws not in notes
    ]
