"""Hints: from a nudge to nearly the answer, each for certain checks or for the whole exercise."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Hint:
    """A hint.

    Attributes:
        text: what the student reads.
        checks: ids of the checks that it helps with; empty if it is about the exercise as a whole.
    """

    text: str
    checks: tuple[str, ...] = ()

    def helps(self, open_checks: Collection[str] | None) -> bool:
        """Whether it is of use to somebody who has still to pass these checks; None: nobody knows which."""
        return open_checks is None or not self.checks or bool(set(self.checks) & set(open_checks))


def read_hints(items: Any) -> tuple[Hint, ...]:
    """Hints as exercise.toml has them: texts, or tables with `text` and `checks`.

    Raises:
        TypeError: if they are something else.
    """
    if not isinstance(items, list):
        raise TypeError("hints must be a list of texts, or of { text = …, checks = [ids] }")
    return tuple(_read(item) for item in items)


def _read(item: Any) -> Hint:
    match item:
        case str():
            return Hint(item.strip())
        case {"text": str(text), "checks": list(ids)} if len(item) == 2 and all(isinstance(one, str) for one in ids):
            return Hint(text.strip(), tuple(ids))
    raise TypeError(f"a hint is a text, or {{ text = …, checks = [ids] }}, not {item!r}")


def next_number(hints: Sequence[Hint], seen: int, open_checks: Collection[str] | None) -> int | None:
    """The number, from 1, of the hint to show after number `seen`: the next of those that help, or the last again.

    None if none of them helps: then all that they are about has been passed.
    """
    helping = [number for number, hint in enumerate(hints, 1) if hint.helps(open_checks)]
    return next((number for number in helping if number > seen), helping[-1] if helping else None)
