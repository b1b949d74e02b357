"""Random inputs: the same seed gives the same, another seed or check others, and a secret cannot be guessed."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.checks.inputs import Inputs, derive


def draw_everything(inputs: Inputs) -> list[object]:
    """One of each kind of input."""
    return [
        inputs.number(-2, 2), inputs.numbers(3, 0, 1), inputs.points(2, 3, low=-1, high=1), inputs.integer(0, 10**9),
        inputs.integers(4, 0, 9), inputs.normal(2, 3).tolist(), inputs.uniform(4, low=-1, high=1).tolist(),
        inputs.choice("abcdef"), inputs.sample("abcdef", 3),
    ]  # fmt: skip


def test_the_same_seed_gives_the_same_inputs() -> None:
    assert draw_everything(Inputs(7)) == draw_everything(Inputs(7))


def test_another_seed_gives_other_inputs() -> None:
    first, second = draw_everything(Inputs(7)), draw_everything(Inputs(8))
    assert sum(a == b for a, b in zip(first, second, strict=True)) <= 2


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 2**63 - 1), st.floats(-1e6, 1e6), st.floats(0, 1e3))
def test_numbers_stay_in_their_interval(seed: int, low: float, width: float) -> None:
    inputs = Inputs(seed)
    for number in inputs.numbers(5, low, low + width):
        assert low <= number <= low + width


def test_rounding_does_not_leave_a_narrow_interval() -> None:
    assert all(0.0001 <= x <= 0.0004 for x in Inputs(1).numbers(50, 0.0001, 0.0004))


def test_numbers_have_three_decimals_that_can_be_typed_again() -> None:
    assert all(len(f"{x!r}".split(".")[1]) <= 3 for x in Inputs(1).numbers(50, -2, 2))


def test_points_are_tuples_of_their_dimensions() -> None:
    points = Inputs(1).points(5, 3, low=-1, high=1)
    assert [len(point) for point in points] == [3] * 5
    assert all(-1 <= x <= 1 for point in points for x in point)


def test_an_integer_reaches_both_ends() -> None:
    assert {Inputs(seed).integer(1, 3) for seed in range(40)} == {1, 2, 3}


def test_integers_are_distinct_and_complete_when_all_are_asked_for() -> None:
    assert sorted(Inputs(1).integers(10, -3, 6)) == list(range(-3, 7))
    assert len({tuple(Inputs(seed).integers(3, 0, 2)) for seed in range(60)}) == 6


def test_few_integers_of_very_many_cost_nothing() -> None:
    drawn = Inputs(1).integers(3, 0, 10**15)
    assert len(set(drawn)) == 3


def test_more_than_there_are_is_the_authors_error() -> None:
    with pytest.raises(ValueError, match="larger"):
        Inputs(1).integers(4, 0, 2)
    with pytest.raises(ValueError, match="larger"):
        Inputs(1).sample("ab", 3)


def test_arrays_are_float32_of_the_shape_asked_for() -> None:
    normal, uniform = Inputs(1).normal(2, 3), Inputs(1).uniform(500, low=-1, high=2)
    assert (normal.dtype, normal.shape, uniform.dtype) == (np.float32, (2, 3), np.float32)
    assert float(uniform.min()) >= -1
    assert float(uniform.max()) <= 2


def test_a_sample_has_no_item_twice_and_choice_is_among_the_items() -> None:
    assert sorted(Inputs(1).sample("abc", 3)) == ["a", "b", "c"]
    assert {Inputs(seed).choice("ab") for seed in range(20)} == {"a", "b"}


def test_plain_python_values_come_out() -> None:
    inputs = Inputs(1)
    assert type(inputs.number(0, 1)) is float
    assert type(inputs.integer(0, 1)) is int
    assert type(inputs.integers(1, 0, 1)[0]) is int


def test_a_derived_seed_depends_on_all_it_is_derived_from() -> None:
    seeds = {
        derive(1, "ex01", "a"), derive(2, "ex01", "a"), derive(1, "ex02", "a"), derive(1, "ex01", "b"),
        derive(1, "ex01", "a", secret=b"s"), derive(1, "ex01", "a", secret=b"t"),
    }  # fmt: skip
    assert len(seeds) == 6
    assert derive(1, "ex01", "a") == derive(1, "ex01", "a")


@settings(max_examples=50, deadline=None)
@given(st.integers(0, 2**31 - 1), st.text(), st.binary())
def test_a_derived_seed_fits_63_bits(seed: int, name: str, secret: bytes) -> None:
    try:
        name.encode()
    except UnicodeEncodeError:
        return
    assert 0 <= derive(seed, name, secret=secret) < 1 << 63
