"""Every operation means the same on both sides: the truth's float64 and the worker's torch, values and gradients."""

from __future__ import annotations

from typing import Any

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from grader.checks import evidence
from grader.checks import expression as ex
from grader.checks.expression import Expression, Function
from grader.sandbox.inside.functions import OPERATIONS, build_function
from grader.sandbox.inside.values import ObjectStore, Unpacker

A, B = ex.variable(0), ex.variable(1)
ONE_OF_EACH: dict[str, Expression] = {
    "add": A + B,
    "sub": A - B,
    "mul": A * B,
    "neg": -A,
    "square": ex.square(A),
    "sin": ex.sin(A),
    "cos": ex.cos(A),
    "exp": ex.exp(A),
    "tanh": ex.tanh(A),
    "straight_through": ex.straight_through(A),
}


def received(function: Function) -> Any:
    """The function as a worker receives it."""
    return Unpacker(ObjectStore(), b"", "cpu").unpack(evidence.encode(function, {}))


def agree(expression: Expression, *point: float) -> None:
    leaves = [torch.tensor(x, dtype=torch.float64, requires_grad=True) for x in point]
    result = received(expression.function(len(point)))(*leaves)
    gradients = torch.autograd.grad(result, leaves, allow_unused=True)
    value, truth = expression.value_and_gradient(point)
    assert result.item() == pytest.approx(value, rel=1e-9, abs=1e-9)
    assert [0.0 if g is None else g.item() for g in gradients] == pytest.approx(truth, rel=1e-9, abs=1e-9)


def test_every_operation_is_tried_here() -> None:
    assert set(ONE_OF_EACH) == set(OPERATIONS)


@pytest.mark.parametrize("operation", ONE_OF_EACH)
@settings(max_examples=25, deadline=None)
@given(point=st.tuples(st.floats(-10, 10), st.floats(-10, 10)))
def test_an_operation_agrees_in_value_and_gradient(operation: str, point: tuple[float, float]) -> None:
    agree(ONE_OF_EACH[operation], *point)


@pytest.mark.parametrize("x", [-2.5, -1.5, -0.5, 0.0, 0.5, 1.5, 2.5])
def test_halves_are_rounded_to_even_on_both_sides(x: float) -> None:
    agree(ex.straight_through(A), x)


def expressions() -> st.SearchStrategy[Expression]:
    """Expressions of two variables whose values stay small, without the jumps of rounding."""
    bounded = st.sampled_from([ex.sin, ex.cos, ex.tanh, lambda e: -e, lambda e: ex.exp(ex.sin(e))])
    return st.recursive(
        st.sampled_from([A, B]),
        lambda inner: (
            st.builds(lambda f, e: f(e), bounded, inner)
            | st.builds(lambda a, b: a + b, inner, inner)
            | st.builds(lambda a, b: a - ex.sin(a) * b, inner, inner)
            | st.builds(lambda c, e: c - e, st.floats(-2, 2), inner)
            | st.builds(lambda e: ex.square(ex.tanh(e)), inner)
        ),
        max_leaves=8,
    ).map(lambda e: e + 0 * A)  # so that torch can differentiate even what depends on nothing


@settings(max_examples=100, deadline=None)
@given(expressions(), st.floats(-2, 2), st.floats(-2, 2))
def test_whole_expressions_agree_in_value_and_gradient(expression: Expression, x: float, y: float) -> None:
    agree(expression, x, y)


def test_plain_numbers_and_tensors_are_both_taken() -> None:
    f = received((A * B).function(2))
    assert f(2, 3.5).item() == 7.0
    assert f(torch.tensor([1.0, 2.0]), 3).tolist() == [3.0, 6.0]


def test_the_wrong_number_of_arguments_is_a_type_error_that_says_so() -> None:
    with pytest.raises(TypeError, match="f takes 2 arguments, one for each variable, but 1 were given"):
        build_function(2, ["add", ["x", 0], ["x", 1]])(1.0)
