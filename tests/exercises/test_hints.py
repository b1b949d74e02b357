"""Hints help with what still fails, from a nudge to nearly the answer."""

from __future__ import annotations

import pytest

from grader.exercises.hints import Hint, next_number, read_hints

HINTS = (Hint("Read."), Hint("Shapes.", ("shape",)), Hint("Values.", ("value", "random")), Hint("Nearly the answer."))


@pytest.mark.parametrize(
    ("seen", "still_open", "number"),
    [
        (0, None, 1),
        (1, None, 2),
        (4, None, 4),
        (0, ["shape"], 1),
        (1, ["value"], 3),
        (1, ["random"], 3),
        (2, ["shape"], 4),
        (4, ["shape"], 4),
    ],
)
def test_the_next_hint_is_about_what_still_fails(seen: int, still_open: list[str] | None, number: int) -> None:
    assert next_number(HINTS, seen, still_open) == number


def test_where_all_has_passed_that_hints_are_about_there_is_none() -> None:
    assert next_number(HINTS[1:3], 0, ["other"]) is None


def test_a_hint_is_a_text_or_says_which_checks_it_helps_with() -> None:
    assert read_hints([" Read. ", {"text": "Shapes.", "checks": ["shape"]}]) == HINTS[:2]


@pytest.mark.parametrize("items", ["Read.", [1], [{"text": "a"}], [{"text": "a", "checks": "b"}], [{"checks": ["b"]}],
                                   [{"text": "a", "checks": ["b"], "also": 1}]])  # fmt: skip
def test_what_is_no_hint_is_refused(items: object) -> None:
    with pytest.raises(TypeError, match="hint"):
        read_hints(items)
