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

HEIGHT = "That is f(x0), the height. For the slope, call f(x).backward() and read x.grad."
OLD_SLOPE = "This answer includes the previous one, since `.grad` adds up. Create a fresh leaf in every call."
ADDED_UP = (
    "`.grad` holds the sum over all steps, since backward() adds to it. Reset it to zero or None after each step."
)
CLIMBED = "You climbed: the gradient points uphill, so subtract it."
BEFORE = "These are the positions before each step: store x after the step."
ONE_MORE = "Your list includes the starting point: store x only after each step, n positions in all."
SAME_TENSOR = "All entries show the last position: you stored x itself, which kept moving. Store numbers: x.item()."
STANDS_STILL = (
    "x never moves. Change the leaf itself, not a copy (clone() makes one), while its gradient is still there."
)
NO_RATE = "The steps are too long: multiply the gradient by lr."
HEIGHTS = "These are the heights f(x): return the positions x."
SLOPES = "These are the slopes along the way: return the positions x."
LAST_ONLY = "That is where the descent ends: return a list of all n positions along the way."
GOES_ON = "This call continues where the previous one ended: create a fresh leaf from x0 in every call."
LAST_SLOPE = "That is the slope of the last function alone: clear nothing in between, and `.grad` has the sum of all."
FIRST_SLOPE = "That is the slope of the first function alone: call backward() for each of the others, too."
MEAN_SLOPE = "That is the mean of the slopes; `.grad` holds their sum."
PRODUCT = "That is the product of the slopes; `.grad` holds their sum."
RUNNING = "The first functions count more than once: call backward() on each f(x) by itself, not on the sum so far."

LEAF = (
    "You may not change a leaf that requires grad in place while autograd is watching: take the step inside "
    "torch.no_grad(), or through x.detach()."
)
NEW_TENSOR = (
    "The first step works, but the second cannot go backward: after `x = …`, x is a new tensor that does not require "
    "grad. Change x itself: x -= …"
)
NOT_WATCHED = (
    "Autograd has watched nothing: x needs requires_grad=True, and f(x) must be computed outside of no_grad()."
)
NO_GRADIENT = (
    "x.grad is None: either backward() did not fill it (it fills leaves only, and after `x = x - …` x is not a leaf), "
    "or it was cleared before the step."
)
TWICE = (
    "You can go backward through a graph only once: compute each f(x) by itself, and call backward() on it right away."
)

UNWATCHED = "does not require grad"
"""Words of PyTorch's message where a graph is missing."""
EXPLAIN = {
    "RuntimeError: in-place": LEAF,
    f"RuntimeError: {UNWATCHED}": NOT_WATCHED,
    "RuntimeError: a second time": TWICE,
    "TypeError: NoneType": NO_GRADIENT,
    "AttributeError: NoneType": NO_GRADIENT,
}


def ask_for_descent(descend: Callable[..., Answer], f: expression.Function, x0: float, lr: float, n: int) -> Answer:
    """Ask for a descent. If a graph is missing, one step tells a leaf that was lost from none at all."""
    try:
        return descend(f, x0, lr, n)
    except StudentRaised as error:
        lost = UNWATCHED in error.raised.message and _works(partial(descend, f, x0, lr, 1))
        with expect.explained({UNWATCHED: NEW_TENSOR} if lost else {}):
            raise


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

    slope = partial(slope_at, f)
    answer = ask_for_descent(getattr(student, name), f, x0, lr, n)
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
    answer = student.summed_slope(fs, x0)
    expect.close(answer, sum(slopes), rtol=TOLERANCE, atol=TOLERANCE, mistakes=misread_sums(slopes))


@check("slope() of x² is 10 at x = 5 and −3 at x = −1.5", points=1, explain=EXPLAIN)
def slope_of_simple_functions(student: Student, inputs: Inputs) -> None:
    earlier = 0.0
    for x0 in (5.0, -1.5):
        truth = 2 * x0
        expect.close(
            student.slope(SQUARE, x0),
            truth,
            rtol=TOLERANCE,
            atol=TOLERANCE,
            mistakes={HEIGHT: x0**2, OLD_SLOPE: earlier + truth} if earlier else {HEIGHT: x0**2},
        )
        earlier += truth


@check("descend() on x² goes from 5 to 4, 3.2, 2.56 and so on", points=1, explain=EXPLAIN)
def descent_on_a_square(student: Student, inputs: Inputs) -> None:
    expect_descent(student, "descend", SQUARE, 5.0, 0.1, 10)


@check("descend_detached() on x² goes from 5 to 4, 3.2, 2.56 and so on", points=1, explain=EXPLAIN)
def detached_descent_on_a_square(student: Student, inputs: Inputs) -> None:
    expect_descent(student, "descend_detached", SQUARE, 5.0, 0.1, 10)


@check("summed_slope() of x² and 3x is 13 at x = 5", points=1, explain=EXPLAIN)
def shared_by_two_simple_functions(student: Student, inputs: Inputs) -> None:
    expect_sum(student, [SQUARE, TRIPLE], 5.0)
