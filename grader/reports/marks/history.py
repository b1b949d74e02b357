"""What happened to a student's work, from the first verdict to the last word. Pure: facts in, events out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from grader.classroom.moments import Moment
from grader.classroom.store import Handed
from grader.marks.journal import ToldPolicy
from grader.marks.words import Word
from grader.results import Report
from grader.text import clean, label, one_line


class Event(Struct, frozen=True, order=True):
    """Something that happened: when, in ISO 8601, UTC; what; and by whom, "" if it was the grader."""

    at: str
    what: str
    who: str = ""
    exercise: str = ""


def events(
    verdicts: Iterable[tuple[Handed, str, Report]],
    words: Sequence[Word],
    policies: Iterable[ToldPolicy],
    moments: Iterable[tuple[str, str, Moment]] = (),
    *,
    checks: dict[tuple[str, str], str] | None = None,
) -> list[Event]:
    """Everything in the order it happened.

    Args:
        verdicts: each with the work that it is about and when it was reached.
        words: everything that was said of the student, withdrawn words, too.
        policies: every policy of the class.
        moments: what was told, when, of when the work for an exercise came.
        checks: (exercise, check) → what a check is called here; one that is not among them is not named.
    """
    found = [*_of_verdicts(verdicts), *_of_words(words, checks), *_of_policies(policies), *_of_moments(moments)]
    return sorted(found, key=lambda event: event.at)  # stable: what happened in one second stays in its order


def render(student: str, happened: Sequence[Event]) -> str:
    """The events, one a line."""
    lines = [f"{event.at[:16].replace('T', ' ')}  {event.what}".replace("\n", f"\n{'':18}") for event in happened]
    return "\n".join([one_line(student), *(lines or ["Nothing has happened yet."])])


def _of_verdicts(verdicts: Iterable[tuple[Handed, str, Report]]) -> Iterator[Event]:
    for handed, at, report in verdicts:
        result = (
            "a fault of ours, to be graded again" if report.our_fault else f"{report.earned:g} of {report.points:g}"
        )
        attempt = f", attempt {handed.attempt}" if handed.attempt > 1 else ""
        what = f"{label(handed.exercise)}: the verdict on {one_line(handed.file)}{attempt}: {result}."
        yield Event(at, what, "", handed.exercise)


def _of_words(words: Sequence[Word], checks: dict[tuple[str, str], str] | None) -> Iterator[Event]:
    by_id = {word.id: word for word in words}
    for word in words:
        what = f"{_about(word, checks)}: {one_line(word.who)} {_said(word, by_id)}"
        yield Event(word.at, what, word.who, word.exercise)


def _about(word: Word, checks: dict[tuple[str, str], str] | None) -> str:
    if not word.exercise:
        return "The mark"
    if not word.check:
        return label(word.exercise)
    if checks is None:
        return f"{label(word.exercise)}, check {one_line(word.check)}"
    title = checks.get((word.exercise, word.check), "")
    return f"{label(word.exercise)}, “{one_line(title)}”" if title else f"{label(word.exercise)}, a hidden check"


def _said(word: Word, by_id: dict[str, Word]) -> str:
    number = f"[{word.number}] "
    why = f" “{clean(word.text)}”" if word.text else ""
    match word.kind:
        case "points":
            sign = "" if word.points.startswith("-") else "+"
            return f"{number}gave {sign}{word.points}.{why}"
        case "withdrawal":
            back = by_id.get(word.withdraws)
            return f"{number}took back [{back.number if back else '?'}].{why}"
        case "note":
            return f"{number}noted for instructors:{why}"
        case _:
            return f"{number}wrote:{why}"


def _of_moments(moments: Iterable[tuple[str, str, Moment]]) -> Iterator[Event]:
    for told_at, exercise, moment in moments:
        at = moment.at.replace("T", " ")
        when = f"was handed in {at}" if at else "came late" if moment.late else "came at an unknown time"
        source = f", according to {one_line(moment.source)}" if moment.source else ""
        yield Event(told_at, f"{label(exercise)}: the work {when}{source}.", "", exercise)


def _of_policies(policies: Iterable[ToldPolicy]) -> Iterator[Event]:
    for told in policies:
        yield Event(told.told_at, f"The policy {one_line(told.file)} counts from now on.")
