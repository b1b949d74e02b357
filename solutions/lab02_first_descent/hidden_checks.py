"""Hidden checks of lab02: random functions, which leaf is stepped, and calls that know nothing of each other."""

from __future__ import annotations

import itertools
from functools import partial

from grader import Inputs, Student, check, expect, expression

from .checks import (
    EXPLAIN,
    GOES_ON,
    HEIGHT,
    SQUARE,
    TOLERANCE,
    expect_descent,
    expect_sum,
    misread_sums,
    slope_at,
    walk,
)

ESTIMATED = "You estimated the slope from nearby values: use autograd, which also handles functions with flat steps."
OF_A_SQUARE = "That is the slope of x²: use autograd to find the slope of the f that you were given."
AS_ON_A_SQUARE = "These are the steps on x²: use autograd to find the slope of the f that you were given."
MANY_LEAVES = (
    "f got a new tensor at each step: create one leaf before the loop, and change it through x.detach(), which shares "
    "its memory."
)
NOT_DETACHED = "You took the steps without x.detach(): change the leaf through the tensor that x.detach() returns."


def random_function(inputs: Inputs) -> expression.Function:
    """A bowl, a smooth wave, and a step whose slope autograd alone knows."""
    x = expression.variable(0)
    bowl = inputs.number(0.3, 0.8) * expression.square(x - inputs.number(-1.5, 1.5))
    wave = inputs.choice((expression.sin, expression.cos, expression.tanh))
    steps = inputs.number(0.3, 0.9) * expression.straight_through(x)
    return (bowl + inputs.number(0.2, 0.6) * wave(inputs.number(0.5, 1.2) * x) + steps).function(1)


def telling_start(inputs: Inputs) -> tuple[expression.Function, float]:
    """A function and a place where it is not flat, as steep as x² or as it is high; not 0, nor at a step's edge."""
    while True:
        f, x0 = random_function(inputs), inputs.number(-3, 3)
        steep = slope_at(f, x0)
        height = f.expression.value_and_gradient([x0])[0]
        off_the_edge = abs(x0 % 1 - 0.5) > 0.05
        telling = off_the_edge and abs(x0) > 0.2
        if telling and abs(steep) > 0.5 and abs(steep - 2 * x0) > 0.5 and abs(steep - height) > 0.1:
            return f, x0


@check("slope() is right for random functions", points=1, after="slope_of_simple_functions", explain=EXPLAIN)
def slope_of_random_functions(student: Student, inputs: Inputs) -> None:
    for _ in range(4):
        f, x0 = telling_start(inputs)
        truth = slope_at(f, x0)
        height = f.expression.value_and_gradient([x0])[0]
        expect.close(
            student.slope(f, x0),
            truth,
            rtol=TOLERANCE,
            atol=TOLERANCE,
            mistakes={OF_A_SQUARE: 2 * x0, HEIGHT: height, ESTIMATED: _smooth_slope(f, x0)},
        )


def _smooth_slope(f: expression.Function, x: float) -> float:
    """What central differences see, to whom the step is flat."""
    width = 1e-5
    high, low = (f.expression.value_and_gradient([x + side])[0] for side in (width, -width))
    return (high - low) / (2 * width)


def expect_random_descents(student: Student, inputs: Inputs, name: str) -> None:
    before = walk(partial(slope_at, SQUARE), 5.0, 0.1, 10)[-1]  # where the public check's descent has ended
    for _ in range(4):
        f, x0 = telling_start(inputs)
        lr, n = inputs.number(0.05, 0.2), inputs.integer(3, 12)
        on_a_square = walk(lambda x: 2 * x, x0, lr, n)
        going_on = walk(partial(slope_at, f), before, lr, n)
        before = expect_descent(student, name, f, x0, lr, n, {AS_ON_A_SQUARE: on_a_square, GOES_ON: going_on})


@check("descend() is right for random functions", points=2, after="descent_on_a_square", explain=EXPLAIN)
def random_descents(student: Student, inputs: Inputs) -> None:
    expect_random_descents(student, inputs, "descend")


@check(
    "descend_detached() is right for random functions",
    points=0.5,
    after="detached_descent_on_a_square",
    explain=EXPLAIN,
)
def random_detached_descents(student: Student, inputs: Inputs) -> None:
    expect_random_descents(student, inputs, "descend_detached")


@check(
    "descend_detached() keeps one leaf, and steps through x.detach()",
    points=1,
    after="detached_descent_on_a_square",
    kind="W",
)
def one_leaf(student: Student, inputs: Inputs) -> None:
    walker = student.descend_detached.handle()
    seen = student.probe("watch_descent", walker, inputs.number(2, 3), 0.1, inputs.integer(3, 6)).value
    leaves, detached = (seen.get(key) for key in ("leaves", "detached")) if isinstance(seen, dict) else (None, None)
    expect.that(
        detached is True, "In descend_detached(), no view of the leaf came from detach().", mistake=NOT_DETACHED
    )
    expect.that(
        leaves == 1,
        f"In descend_detached(), f got tensors in {leaves} different places in memory.",
        mistake=MANY_LEAVES,
    )


@check(
    "summed_slope() is right for two to four random functions",
    points=1,
    after="shared_by_two_simple_functions",
    explain=EXPLAIN,
)
def shared_by_random_functions(student: Student, inputs: Inputs) -> None:
    for count in (2, 3, 4):
        expect_sum(student, *telling_family(inputs, count))


def telling_family(inputs: Inputs, count: int) -> tuple[list[expression.Function], float]:
    """Functions and a place where neither part of the sum of their slopes nor any misreading of it looks like it."""
    while True:
        x0 = inputs.number(1.5, 3)
        fs = [random_function(inputs) for _ in range(count)]
        slopes = [slope_at(f, x0) for f in fs]
        answers = sorted([sum(slopes), *misread_sums(slopes).values()])
        apart = all(high - low > 0.02 * high for low, high in itertools.pairwise(answers))
        if min(slopes) > 0.3 and apart:
            return fs, x0


@check(
    "calls do not depend on earlier calls, and one step gives one position",
    points=0.5,
    after=("descent_on_a_square", "shared_by_two_simple_functions"),
    explain=EXPLAIN,
)
def independent_calls(student: Student, inputs: Inputs) -> None:
    (f, x0), lr = telling_start(inputs), inputs.number(0.05, 0.2)
    end = x0
    for n in (4, 1, 4):
        end = expect_descent(student, "descend", f, x0, lr, n, {GOES_ON: walk(partial(slope_at, f), end, lr, n)})
    fs, place = telling_family(inputs, 2)
    for _ in range(2):
        expect_sum(student, fs, place)
