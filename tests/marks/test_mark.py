"""From verdicts to a mark: never below 0 or above the cap, in any order, and nothing unknown is a penalty."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marked import EX05, EX13, EX14, EXERCISES, policy, verdict, word
from msgspec.structs import replace

from grader.classroom.moments import Moment
from grader.classroom.record import ExerciseInfo
from grader.marks.mark import Mark, mark_of
from grader.marks.policy import NONE, Policy
from grader.marks.words import Word
from grader.results import Report

DUE = "deadline = 2026-11-20T12:00:00\n"
LATE = DUE + 'late = {cost = 10, grace = "15 minutes", cap = 50}\n'
FULL = {info.id: verdict(info, info.points / 2, info.points / 2) for info in EXERCISES}


def at(text: str, source: str = "Gradescope's metadata") -> dict[str, Moment]:
    return {EX13.id: Moment(at=text, source=source)}


def mark(
    text: str = "", reports: dict[str, Report] | None = None, moments: dict[str, Moment] | None = None, *said: Word
) -> Mark:
    return mark_of(policy(text) if text else NONE, EXERCISES, "ada", reports or {}, moments or {}, said)


# --- one rule at a time -----------------------------------------------------------------------------------------------


def test_without_a_policy_the_mark_is_the_sum_of_the_points() -> None:
    found = mark("", {EX13.id: verdict(EX13, 5, 2.5), EX14.id: verdict(EX14, 20)})
    assert (found.value, found.out_of) == (Fraction(55, 2), 34)
    assert [step.text for step in found.worths[0].steps] == ["Nothing was handed in: 0 of 4 points."]


@pytest.mark.parametrize(
    ("moment", "points"),
    [
        ("2026-11-20T11:59:59+00:00", 10),
        ("2026-11-20T12:00:00+00:00", 10),
        ("2026-11-20T12:15:00", 10),  # the grace
        ("2026-11-20T12:15:01", 9),  # late from the deadline on
        ("2026-11-21T12:00:00+00:00", 9),
        ("2026-11-21T13:00:01+01:00", 8),
        ("2026-12-31", 5),  # the cap
    ],
)
def test_each_begun_day_costs_its_share_up_to_the_cap(moment: str, points: int) -> None:
    found = mark(LATE, FULL, at(moment)).worths[1]
    assert found.points == points
    assert "according to Gradescope's metadata" in found.late.sentence


def test_hours_are_counted_in_real_time_when_clocks_change() -> None:
    berlin = 'timezone = "Europe/Berlin"\ndeadline = 2026-10-25T01:30:00\nlate = {cost = 10, per = "hour"}\n'
    # 01:30 summer time to 03:30 winter time: three hours, though clocks show two
    assert mark(berlin, FULL, at("2026-10-25T03:30:00")).worths[1].points == 7


@pytest.mark.parametrize(
    ("moments", "sentence", "doubtful"),
    [
        ({}, "When it was handed in is not known, so nothing is taken for being late.", False),
        ({EX13.id: Moment(late=True, source="Canvas")}, "Late according to Canvas, by how much is not known", True),
        (at("a fortnight ago"), "", False),
    ],
)
def test_what_nobody_can_know_is_never_a_penalty(moments: dict[str, Moment], sentence: str, doubtful: bool) -> None:
    found = mark(LATE, FULL, moments).worths[1]
    assert found.points == 10
    assert found.late.sentence.startswith(sentence)
    assert found.late.doubtful is doubtful


def test_an_extension_is_the_students_own() -> None:
    text = LATE + "extensions = [{student = 'ada', exercise = 'ex13', by = '2 days'}]\n"
    late = at("2026-11-22T11:00:00")
    assert mark(text, FULL, late).worths[1].points == 10
    assert mark_of(policy(text), EXERCISES, "bob", FULL, late, ()).worths[1].points == 8


def test_weights_best_of_and_extra_credit() -> None:
    text = (
        "exercises.ex05 = {extra = true, weight = 5}\nexercises.ex14.weight = 30\nmark.out_of = 100\nmark.cap = 105\n"
    )
    assert mark(text, FULL).value == 105
    assert mark(text, {EX14.id: FULL[EX14.id]}).value == 75
    assert mark(text, {EX05.id: FULL[EX05.id], EX14.id: FULL[EX14.id]}).value == 75 + Fraction(100 * 5, 40)
    best = mark('best = [{keep = 1, of = ["ex13", "ex14"]}]\n', {EX13.id: verdict(EX13, 8), EX14.id: verdict(EX14, 10)})
    assert [worth.dropped for worth in best.worths] == [False, False, True]
    assert (best.value, best.out_of) == (8, 14)


@pytest.mark.parametrize(
    ("rounding", "value"), [("nearest", Fraction(15, 2)), ("up", Fraction(15, 2)), ("down", Fraction(7))]
)
def test_a_mark_is_rounded_once_and_half_goes_up(rounding: str, value: Fraction) -> None:
    text = f'mark = {{step = 0.5, rounding = "{rounding}"}}\nscale = [{{at_least = 7.5, grade = "A"}}, ' \
           '{at_least = 0, grade = "B"}]\n'  # fmt: skip
    found = mark(text, {EX13.id: verdict(EX13, 7.25)})
    assert found.value == value
    assert found.grade == ("A" if value == Fraction(15, 2) else "B")


def test_our_own_fault_leaves_the_mark_open_unless_it_is_replaced() -> None:
    reports = {**FULL, EX13.id: verdict(EX13, 0, 5, our_fault=True)}
    assert mark("", reports).value is None
    assert "stays open" in mark("", reports).steps[-1].text


def test_a_check_gives_no_more_than_its_points_and_no_less_than_none() -> None:
    reports = {EX13.id: verdict(EX13, 5, 1)}
    for points, expected in (("2", 8), ("9", 10), ("-9", 5), ("-0.5", Fraction(11, 2))):
        assert mark("", reports, {}, word(points=points, check="c1")).worths[1].points == expected
    gone = mark("", reports, {}, word(points="2", check="gone")).worths[1]
    assert gone.points == 6
    assert any("not asked now" in step.text for step in gone.steps)


def test_points_can_be_given_for_what_was_not_handed_in() -> None:
    assert mark("", {}, {}, word(points="4", text="shown in class")).worths[1].points == 4


def test_what_is_withdrawn_does_not_count() -> None:
    said = word(points="2")
    back = word("withdrawal", withdraws=said.id)
    for words in ((said, back), (back, said)):
        assert mark("", {EX13.id: verdict(EX13, 5)}, {}, *words).worths[1].points == 5


# --- whatever the numbers are -----------------------------------------------------------------------------------------

quarters = st.integers(0, 40).map(lambda n: n / 4)
steps = st.sampled_from(["0.1", "0.5", "1", "-0.3", "-2", "7", "-9", "100", "-100"])
words = st.lists(
    st.builds(
        lambda points, exercise, check: word(points=points, exercise=exercise, check=check if exercise else ""),
        steps, st.sampled_from(["", EX05.id, EX13.id, EX14.id]), st.sampled_from(["", "c0", "c1", "gone"]),
    ),
    max_size=8,
)  # fmt: skip
moments = st.dictionaries(
    st.sampled_from([info.id for info in EXERCISES]),
    st.builds(
        lambda hours, late: Moment(
            at="" if hours is None else (datetime(2026, 11, 20, tzinfo=UTC) + timedelta(hours=hours)).isoformat(),
            late=late,
            source="a test",
        ),
        st.one_of(st.none(), st.integers(-100, 1000)), st.booleans(),
    ),
)  # fmt: skip
POLICIES = [
    LATE,
    LATE + "mark = {out_of = 100, cap = 110, step = 0.3, rounding = 'up'}\nexercises.ex05 = {extra = true}\n",
    DUE + 'late = {cost = 33.3, per = "hour"}\nbest = [{keep = 1, of = ["ex13", "ex14"]}]\nmark.out_of = 6\n',
    "exercises.ex13.weight = 0.1\nexercises.ex14.weight = 7\nmark = {step = 0.25}\n",
]
policies = st.sampled_from(POLICIES).map(policy)


def reports_of(earned: Sequence[float]) -> dict[str, Report]:
    """Two checks for each exercise; a part of its points each."""
    found = {}
    for number, info in enumerate(EXERCISES):
        first, second = (share / 10 * info.points / 2 for share in earned[2 * number : 2 * number + 2])
        found[info.id] = verdict(info, first, second)
    return found


reports = st.lists(quarters, min_size=6, max_size=6).map(reports_of)


@given(policies, reports, moments, words)
def test_no_mark_is_below_0_or_above_the_cap(
    rules: Policy, found: dict[str, Report], when: dict[str, Moment], said: list[Word]
) -> None:
    result = mark_of(rules, EXERCISES, "ada", found, when, said)
    assert result.value is not None
    assert 0 <= result.value <= (result.out_of if rules.cap is None else rules.cap)
    for worth in result.worths:
        assert worth.points is not None
        assert 0 <= worth.points <= worth.possible
        assert 0 <= worth.late.cost <= (rules.late.cap if rules.late else 0)


@given(policies, reports, moments, words, st.randoms(use_true_random=False))
def test_the_order_of_adjustments_does_not_matter(
    rules: Policy, found: dict[str, Report], when: dict[str, Moment], said: list[Word], chance: random.Random
) -> None:
    shuffled = list(said)
    chance.shuffle(shuffled)
    one, other = (mark_of(rules, EXERCISES, "ada", found, when, order) for order in (said, shuffled))
    assert one.value == other.value
    assert [worth.points for worth in one.worths] == [worth.points for worth in other.worths]


@given(policies, reports, words)
def test_without_a_time_there_is_no_penalty(rules: Policy, found: dict[str, Report], said: list[Word]) -> None:
    unknown = {info.id: Moment(late=True, source="a platform") for info in EXERCISES}
    free = replace(rules, late=None)
    expected = mark_of(free, EXERCISES, "ada", found, {}, said).value
    for when in ({}, unknown):
        assert mark_of(rules, EXERCISES, "ada", found, when, said).value == expected


@given(policies, reports, moments, words)
def test_the_steps_add_up_to_what_they_explain(
    rules: Policy, found: dict[str, Report], when: dict[str, Moment], said: list[Word]
) -> None:
    result = mark_of(rules, EXERCISES, "ada", found, when, said)
    assert sum((step.adds or Fraction(0) for step in result.steps), Fraction(0)) == result.value
    for worth in result.worths:
        assert sum((step.adds or Fraction(0) for step in worth.steps), Fraction(0)) == worth.points


@given(policies)
def test_weights_add_up(rules: Policy) -> None:
    result = mark_of(rules, EXERCISES, "ada", FULL, {}, ())
    counted = [worth for worth in result.worths if not worth.dropped and not worth.extra]
    whole = sum(worth.weight for worth in counted)
    scale = result.out_of / whole
    assert sum(worth.adds * scale for worth in counted) == result.out_of
    assert result.value is not None
    assert result.value >= result.out_of - (rules.step or 0)


@given(policies.filter(lambda rules: not rules.best), reports, moments, words, st.integers(0, 500))
def test_coming_later_never_helps(
    rules: Policy, found: dict[str, Report], when: dict[str, Moment], said: list[Word], more: int
) -> None:
    later = {
        id_: replace(moment, at=(datetime.fromisoformat(moment.at) + timedelta(hours=more)).isoformat())
        for id_, moment in when.items()
        if moment.at
    }
    now, then = (mark_of(rules, EXERCISES, "ada", found, {**when, **new}, said).value for new in ({}, later))
    assert now is not None
    assert then is not None
    assert then <= now


def test_a_tenth_ten_times_is_one() -> None:
    tenths = [word(points="0.1") for _ in range(10)]
    assert mark("", {EX13.id: verdict(EX13, 5, 0)}, {}, *tenths).value == 6


def test_an_exercise_that_could_not_be_asked_counts_neither_way() -> None:
    none = ExerciseInfo(id="ex06_x", title="x", points=0)
    found = mark_of(
        NONE, (EX13, none), "ada", {EX13.id: verdict(EX13, 5), none.id: replace(verdict(EX13, 0), points=0)}, {}, ()
    )
    assert (found.value, found.out_of) == (5, 10)
