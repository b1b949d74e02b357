"""What persons say about work beside its verdict: points, comments, and that something said is taken back."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal, InvalidOperation
from fractions import Fraction
from typing import Final, Literal

from msgspec import Struct

from grader.errors import UsageError

POINTS_CAP: Final = 10_000
TEXT_CAP: Final = 10_000
"""Characters of a comment."""
Kind = Literal["points", "comment", "note", "withdrawal"]
"""A note is for instructors alone; no student's page shows it."""


class Beneath(Struct, frozen=True):
    """The verdict that lay beneath a word when it was said; `status` and `earned` are the check's or the exercise's."""

    attempt: int
    earned: float
    status: str = ""


class Word(Struct, frozen=True, kw_only=True):
    """One thing that one person has said. None is ever changed: it is withdrawn by another.

    Attributes:
        number: its place in the order of all of this class's words, from 1.
        id: the same in every copy of the class's words.
        batch: the id of what was said of many at once.
        at: when; ISO 8601, UTC.
        who: the person.
        student: whom it is about.
        exercise: the exercise's id; "": the mark as a whole.
        check: the check's id; "": the exercise as a whole.
        points: of an adjustment: what is added, or taken off; a decimal number.
        text: the comment, or why.
        withdraws: of a withdrawal: the id of the word that no longer counts.
        beneath: the verdict that there was.
    """

    number: int = 0
    id: str
    batch: str
    at: str
    who: str
    kind: Kind
    student: str
    exercise: str = ""
    check: str = ""
    points: str = ""
    text: str = ""
    withdraws: str = ""
    beneath: Beneath | None = None

    @property
    def worth(self) -> Fraction:
        """The points, exactly."""
        return Fraction(self.points or "0")


def standing(words: Iterable[Word]) -> list[Word]:
    """Those that count: adjustments and comments that nobody has withdrawn, in the order they were said."""
    every = list(words)
    withdrawn = {word.withdraws for word in every if word.kind == "withdrawal"}
    return [word for word in every if word.kind != "withdrawal" and word.id not in withdrawn]


def points_of(text: str) -> str:
    """A number of points as it is kept: `+1,50` is 1.5.

    Raises:
        UsageError: if it is none, has more than four places, or is absurdly large.
    """
    try:
        number = Decimal(text.strip().replace(",", ".").replace("−", "-"))
        if not number.is_finite() or abs(number) > POINTS_CAP or number != round(number, 4):
            raise InvalidOperation
    except InvalidOperation:
        raise UsageError(f"{text.strip()!r} is no number of points. Write for example +1 or -0.5.") from None
    if not number:
        raise UsageError("0 points change nothing. Write for example +1 or -0.5, or say it in a comment.")
    plain = f"{number.normalize():f}"
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def comment_of(text: str) -> str:
    """A comment as it is kept: without blank ends, and not endless.

    Raises:
        UsageError: if it is empty or too long.
    """
    kept = "\n".join(line.rstrip() for line in text.strip().splitlines())
    if not kept:
        raise UsageError("The comment is empty. Write what the student should read.")
    if len(kept) > TEXT_CAP:
        raise UsageError(f"The comment has {len(kept):,} characters; at most {TEXT_CAP:,} are kept. Make it shorter.")
    return kept
