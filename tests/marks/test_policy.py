"""A policy's mistakes are told one at a time, each in one sentence that names its place."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marked import EX05, EX13, NAMES, policy

from grader.errors import UsageError
from grader.marks import clock
from grader.marks.policy import SIZE_CAP, parse, read

MISTAKES = {
    "x = 1": "there is no key 'x'",
    'late = {cost = "a"}': "late.cost should be a number.",
    "late = {cost = 101}": "late.cost should be a number of at most 100.",
    "late = {cost = nan}": "late.cost should be a number of at least 0.",
    "late = {}": "late needs the key 'cost'.",
    'late = {cost = 1, per = "week"}': 'late.per is \'week\'. Write "day" or "hour".',
    "late = {cost = 1, depth = 2}": "there is no key 'depth' in late.",
    'late = {cost = 1, grace = "1 eon"}': "late.grace is '1 eon'. Write a span such as",
    'deadline = "soon"': "deadline should be a time such as 2026-11-20T23:59:00, without quotes.",
    "deadline = 12:00:00": "deadline should be a time",
    'timezone = "Mars"': "timezone 'Mars' is not known here.",
    'timezone = "../../etc/passwd"': "is not known here.",
    "exercises.ex99 = {}": "exercises.ex99 names no exercise of the course.",
    "exercises.ex13 = {}\nexercises.ex13_sin_gradient = {}": "speak of the same exercise",
    "exercises.ex13 = {weight = 0}": "should be a number above 0.",
    "[exercises.ex13]\nweigth = 3": "there is no key 'weigth' in exercises.",
    'best = [{keep = 2, of = ["ex13", "ex14"]}]': "best[0] keeps 2 of 2: nothing would be left out.",
    'best = [{keep = 0, of = ["ex13", "ex14"]}]': "best[0].keep should be a whole number of at least 1.",
    'best = [{keep = 1, of = ["ex13"]}]': "best[0].of should be a list of at least 2 things.",
    'best = [{keep = 1, of = ["ex13", "ex13"]}]': "Name each exercise once.",
    'exercises.ex13 = {extra = true}\nbest = [{keep = 1, of = ["ex13", "ex14"]}]': "is extra credit",
    'extensions = [{student = "a"}]': "extensions[0] needs one of",
    'extensions = [{student = "a", by = "1 day", until = 2026-01-01}]': "and not both.",
    'extensions = [{by = "1 day"}]': "extensions[0] needs the key 'student'.",
    'extensions = [{student = "a", by = "long"}]': "extensions[0].by is 'long'.",
    "mark = {step = 0}": "mark.step should be a number above 0.",
    "mark = {cap = 3}": "mark.cap needs mark.out_of",
    "mark = {out_of = 5, cap = 3}": "mark.cap is 3, below mark.out_of",
    'mark = {rounding = "off"}': 'Write "nearest", "up" or "down".',
    'scale = [{at_least = 50, grade = "x"}]': "scale begins at 50",
    'scale = [{at_least = 0, grade = "x"}, {at_least = 0, grade = "y"}]': "begin at the same mark",
    "deadline =": "is not TOML",
}


@pytest.mark.parametrize(("text", "sentence"), MISTAKES.items(), ids=MISTAKES)
def test_every_mistake_is_one_sentence_that_names_its_place(text: str, sentence: str) -> None:
    with pytest.raises(UsageError) as caught:
        policy(text)
    said = str(caught.value)
    assert said.startswith("policy.toml")
    assert sentence in said
    assert "\n" not in said
    assert len(said) <= 200
    assert "`" not in said


@given(st.text(max_size=60))
def test_whatever_stands_in_the_file_it_is_a_policy_or_a_sentence(text: str) -> None:
    said = ""
    try:
        policy(text)
    except UsageError as error:
        said = str(error)
    assert not said or said.startswith("policy.toml")


def test_a_file_that_cannot_be_read_is_one_sentence(tmp_path: Path) -> None:
    path = tmp_path / "policy.toml"
    for content, sentence in ((b"\xff", "UTF-8"), (b" " * (SIZE_CAP + 1), "larger than 1 MB")):
        path.write_bytes(content)
        with pytest.raises(UsageError, match=sentence):
            read(path)
    path.unlink()
    with pytest.raises(UsageError, match="cannot be read: No such file"):
        read(path)
    path.write_bytes(b"\xef\xbb\xbf# from a Windows editor\n")
    assert read(path) == "# from a Windows editor\n"


def test_times_without_a_zone_are_the_policys_own() -> None:
    found = policy('timezone = "Europe/Berlin"\ndeadline = 2026-11-20T23:59:00\nexercises.ex05.deadline = 2026-07-01')
    assert found.deadlines[EX13.id].astimezone(UTC) == datetime(2026, 11, 20, 22, 59, tzinfo=UTC)
    assert found.deadlines[EX05.id].astimezone(UTC) == datetime(2026, 7, 1, 22, tzinfo=UTC)  # the end of that day
    assert policy("deadline = 2026-11-20T23:59:00+02:00").deadlines[EX13.id].utcoffset() == timedelta(hours=2)


def test_the_latest_deadline_of_all_extensions_counts() -> None:
    found = policy(
        "deadline = 2026-11-20T12:00:00\n"
        "extensions = [{student = 'ada', by = '3 days'}, {student = 'ada', exercise = 'ex13', by = '1 day'},\n"
        "{student = 'ada', exercise = 'ex05', until = 2026-11-30}, {student = 'bob', until = 2026-11-01}]"
    )
    due = {name: found.deadline(name, EX13.id) for name in ("ada", "bob", "cem")}
    assert due == {
        "ada": datetime(2026, 11, 23, 12, tzinfo=UTC),
        "bob": datetime(2026, 11, 20, 12, tzinfo=UTC),  # an extension takes no time away
        "cem": datetime(2026, 11, 20, 12, tzinfo=UTC),
    }
    assert found.deadline("ada", EX05.id) == datetime(2026, 12, 1, tzinfo=UTC)


def test_numbers_are_those_that_were_written() -> None:
    found = parse("late = {cost = 0.1}\nmark = {step = 0.1, out_of = 33.3}", NAMES)
    assert found.late is not None
    assert (found.late.cost, found.step, found.out_of) == (Fraction(1, 1000), Fraction(1, 10), Fraction(333, 10))


@pytest.mark.parametrize(
    ("text", "seconds"),
    [("15 minutes", 900), ("1 min", 60), ("1.5 h", 5400), ("36 Hours", 129600), ("3days", 259200), ("1 week", 604800)],
)
def test_spans_as_people_write_them(text: str, seconds: int) -> None:
    assert clock.span(text).total_seconds() == seconds


@pytest.mark.parametrize(
    ("minutes", "words"),
    [(0, "under a minute"), (5, "5 min"), (65, "1 h 5 min"), (1440, "1 day"), (3000, "2 days 2 h")],
)
def test_spans_in_words(minutes: int, words: str) -> None:
    assert clock.spoken(timedelta(minutes=minutes)) == words
