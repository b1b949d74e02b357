"""Expressions: their gradients against finite differences, and how they read."""

from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.checks import expression as ex
from grader.sandbox import wire

A, B = ex.variable(0), ex.variable(1)


def expressions() -> st.SearchStrategy[ex.Expression]:
    """Smooth expressions of two variables."""
    return st.recursive(
        st.sampled_from([A, B]),
        lambda inner: st.one_of(
            st.builds(lambda f, e: f(e), st.sampled_from([ex.sin, ex.cos, ex.tanh, lambda e: -e]), inner),
            st.builds(lambda a, b: a + b, inner, inner),
            st.builds(lambda a, b: a - b, inner, inner),
            st.builds(lambda a, b: ex.tanh(a) * b, inner, inner),
            st.builds(lambda c, e: c * ex.tanh(e), st.floats(-2, 2), inner),
            st.builds(lambda e: ex.square(ex.sin(e)), inner),
            st.builds(lambda e: ex.exp(ex.sin(e)), inner),
        ),
        max_leaves=8,
    )


@settings(max_examples=80, deadline=None)
@given(expressions(), st.floats(-1, 1), st.floats(-1, 1))
def test_the_gradient_agrees_with_central_differences(f: ex.Expression, x: float, y: float) -> None:
    _, gradient = f.value_and_gradient((x, y))
    h = 1e-5
    for i, slope in enumerate(gradient):
        step = [h if i == j else 0.0 for j in range(2)]
        up, _ = f.value_and_gradient((x + step[0], y + step[1]))
        down, _ = f.value_and_gradient((x - step[0], y - step[1]))
        assert slope == pytest.approx((up - down) / (2 * h), rel=1e-4, abs=1e-4)


def test_sin_of_x_squared_y() -> None:
    f = ex.sin(ex.square(A) * B)
    value, gradient = f.value_and_gradient((1.2, 3.4))
    cosine = math.cos(1.2 * 1.2 * 3.4)
    assert value == pytest.approx(math.sin(1.2 * 1.2 * 3.4))
    assert gradient == pytest.approx((2 * 1.2 * 3.4 * cosine, 1.2 * 1.2 * cosine))


def test_an_unused_variable_has_derivative_0() -> None:
    assert ex.sin(A).function(3).gradient((0.0, 5.0, 6.0)) == (1.0, 0.0, 0.0)


def test_a_variable_used_twice_gathers_both_slopes() -> None:
    assert (A * A + A).value_and_gradient((3.0,)) == (12.0, (7.0,))


def test_numbers_stand_on_either_side() -> None:
    assert (1 - A).value_and_gradient((3.0,)) == (-2.0, (-1.0,))
    assert (A - 1).value_and_gradient((3.0,)) == (2.0, (1.0,))
    assert (2 * A + 1).value_and_gradient((3.0,)) == (7.0, (2.0,))
    assert (1 + A * 2).value_and_gradient((3.0,)) == (7.0, (2.0,))


def test_straight_through_is_flat_to_the_eye_and_sloped_to_autograd() -> None:
    f = ex.straight_through(A)
    assert f.value_and_gradient((2.3,)) == (2.0, (1.0,))
    assert f.value_and_gradient((2.4,)) == (2.0, (1.0,))


def test_it_reads_as_mathematics() -> None:
    assert str((ex.sin(ex.square(A) * B) - 0.5 * B).function(2)) == "f = (sin(((a)² · b)) - (0.5 · b))"
    assert str((-ex.variable(3)).function(4)) == "f = -d"


def test_it_crosses_as_nested_lists() -> None:
    value = (2 * A).function(1).to_wire()
    assert value == wire.FunctionValue(1, wire.ListValue(["mul", 2.0, wire.ListValue(["x", 0])]))
