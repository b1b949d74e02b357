"""Public checks of lab02. The truth is calculus in float64, and so is what each known mistake would have given."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from grader import Answer, Inputs, Student, StudentRaised, check, expect, expression

TOLERANCE = 1e-3
"""Absolute and relative: float32 is off by less than 1e-5 along these descents, and a step is 0.02 or more."""

SQUARE = expression.square(expression.variable(0)).function(1)
TRIPLE = (3.0 * expression.variable(0)).function(1)

HEIGHT = "That is f(x0), the height; the slope was asked for: f(x).backward(), then x.grad."
OLD_SLOPE = "`.grad` adds up: this answer contains the one before. Make a fresh leaf in every call."
ADDED_UP = "`.grad` keeps the sum of all steps: backward() adds to it. Set it to zero, or None, after each step."
CLIMBED = "You climbed: the gradient points uphill, so subtract it."
BEFORE = "These are the positions before each step: write x down after the step."
ONE_MORE = "The starting point is in the list, too: write down only where x is after each step, n positions."
SAME_TENSOR = (
    "All entries show the last position: you collected x itself, which went on moving. Collect numbers: x.item()."
)
STANDS_STILL = (
    "x stays where it was. Change the leaf itself, not a copy (clone() makes one), while its gradient is still there."
)
NO_RATE = "The steps are too long: multiply the gradient by lr."
HEIGHTS = "These are the heights f(x); the positions x were asked for."
SLOPES = "These are the slopes along the way; the positions x were asked for."
LAST_ONLY = "That is where the descent ends; a list of the n positions on the way was asked for."
GOES_ON = "This call goes on where the last one ended: make a fresh leaf of x0 in every call."
LAST_SLOPE = "That is the slope of the last function alone: clear nothing in between, and `.grad` has the sum of all."
FIRST_SLOPE = "That is the slope of the first function alone: go backward through each of the others, too."
MEAN_SLOPE = "That is the mean of the slopes; `.grad` holds their sum."
PRODUCT = "That is the product of the slopes; `.grad` holds their sum."
RUNNING = "The first functions count more than once: go backward from each f(x) by itself, not from the sum so far."

LEAF = (
    "A leaf that requires grad may not be changed in place while autograd is watching: step inside torch.no_grad(), or "
    "by way of x.detach()."
)
NEW_TENSOR = (
    "The first step works, the second has nothing to go back to: after `x = …` x is a new tensor, which does not "
    "require grad. Change x itself: x -= …"
)
NOT_WATCHED = (
    "Autograd has watched nothing: x needs requires_grad=True, and f(x) must be computed outside of no_grad()."
)
NO_GRADIENT = (
    "x.grad is None. Either backward() has not filled it (it fills leaves only, and after `x = x - …` x is none), or "
    "it was cleared before the step."
)
TWICE = "One graph can be walked back once: compute each f(x) by itself, and call backward() on it right away."

EXPLAIN = {"leaf": LEAF, "new tensor": NEW_TENSOR, "not watched": NOT_WATCHED, "None": NO_GRADIENT, "twice": TWICE}
"""What `told_apart` adds to an exception's classes → its sentence."""


def told_apart(ask: Callable[[], Answer], one_step: Callable[[], Answer] | None = None) -> Answer:
    """Ask; if autograd refuses, say which of its refusals it is, for `explain`.

    Args:
        ask: the question.
        one_step: the same descent, one step long, where there is one: it tells a leaf that was lost from none at all.
    """
    try:
        return ask()
    except StudentRaised as error:
        kind = _kind(error.raised.message, error.raised.bases)
        if kind == "not watched" and one_step and _works(one_step):
            kind = "new tensor"
        if kind:
            error.raised.bases.insert(0, kind)
        raise


def _kind(message: str, bases: list[str]) -> str:
    if "NoneType" in message and {"TypeError", "AttributeError"} & set(bases):
        return "None"
    if "RuntimeError" not in bases:
        return ""
    known = {"in-place": "leaf", "does not require grad": "not watched", "a second time": "twice"}
    return next((kind for words, kind in known.items() if words in message), "")


def _works(ask: Callable[[], Answer]) -> bool:
    try:
        ask()
    except StudentRaised:
        return False
    return True


def slope_at(f: expression.Function, x: float) -> float:
    """f'(x)."""
    return f.gradient([x])[0]


def walk(slope: Callable[[float], float], x: float, lr: float, n: int) -> list[float]:
    """The positions after each of n steps of gradient descent."""
    positions = []
    for _ in range(n):
        x -= lr * slope(x)
        positions.append(x)
    return positions


def walk_adding_up(slope: Callable[[float], float], x: float, lr: float, n: int) -> list[float]:
    """The same where the gradient is never cleared."""
    positions, kept = [], 0.0
    for _ in range(n):
        kept += slope(x)
        x -= lr * kept
        positions.append(x)
    return positions


def expect_descent(
    student: Student,
    name: str,
    f: expression.Function,
    x0: float,
    lr: float,
    n: int,
    more: Mapping[str, Any] | None = None,
) -> float:
    """The student's function `name` walks as gradient descent does; where it ends. `more`: further known mistakes."""

    slope, function = partial(slope_at, f), getattr(student, name)
    answer = told_apart(partial(function, f, x0, lr, n), partial(function, f, x0, lr, 1))
    truth = walk(slope, x0, lr, n)
    on_the_way = [x0, *truth[:-1]]
    mistakes: dict[str, Any] = {
        ADDED_UP: walk_adding_up(slope, x0, lr, n),
        CLIMBED: walk(slope, x0, -lr, n),
        STANDS_STILL: [x0] * n,
        BEFORE: on_the_way,
        ONE_MORE: [x0, *truth],
        SAME_TENSOR: [truth[-1]] * n,
        NO_RATE: walk(slope, x0, 1.0, n),
        HEIGHTS: [f.expression.value_and_gradient([x])[0] for x in truth],
        SLOPES: [slope(x) for x in on_the_way],
        LAST_ONLY: truth[-1],
        **(more or {}),
    }
    expect.close(answer, truth, rtol=TOLERANCE, atol=TOLERANCE, mistakes=mistakes)
    return truth[-1]


def misread_sums(slopes: list[float]) -> dict[str, float]:
    """What each mistake makes of the slopes of several functions."""
    return {
        LAST_SLOPE: slopes[-1],
        FIRST_SLOPE: slopes[0],
        MEAN_SLOPE: sum(slopes) / len(slopes),
        PRODUCT: math.prod(slopes),
        RUNNING: sum((len(slopes) - place) * value for place, value in enumerate(slopes)),
    }


def expect_sum(student: Student, fs: list[expression.Function], x0: float) -> None:
    """summed_slope() is the sum of the functions' slopes."""
    slopes = [slope_at(f, x0) for f in fs]
    answer = told_apart(partial(student.summed_slope, fs, x0))
    expect.close(answer, sum(slopes), rtol=TOLERANCE, atol=TOLERANCE, mistakes=misread_sums(slopes))


@check("slope() of x² is 10 at 5 and −3 at −1.5", points=1, explain=EXPLAIN)
def slope_of_simple_functions(student: Student, inputs: Inputs) -> None:
    earlier = 0.0
    for x0 in (5.0, -1.5):
        truth = 2 * x0
        expect.close(
            told_apart(partial(student.slope, SQUARE, x0)),
            truth,
            rtol=TOLERANCE,
            atol=TOLERANCE,
            mistakes={HEIGHT: x0**2, OLD_SLOPE: earlier + truth} if earlier else {HEIGHT: x0**2},
        )
        earlier += truth


@check("descend() on x² goes from 5 to 4, 3.2, 2.56 and on", points=1, explain=EXPLAIN)
def descent_on_a_square(student: Student, inputs: Inputs) -> None:
    expect_descent(student, "descend", SQUARE, 5.0, 0.1, 10)


@check("descend_detached() on x² goes from 5 to 4, 3.2, 2.56 and on", points=1, explain=EXPLAIN)
def detached_descent_on_a_square(student: Student, inputs: Inputs) -> None:
    expect_descent(student, "descend_detached", SQUARE, 5.0, 0.1, 10)


@check("summed_slope() of x² and 3x is 13 at 5", points=1, explain=EXPLAIN)
def shared_by_two_simple_functions(student: Student, inputs: Inputs) -> None:
    expect_sum(student, [SQUARE, TRIPLE], 5.0)
