"""Hidden checks of lab04: other tables and other problems, the losses, and what belongs to the caller."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from grader import Answer, Inputs, Student, Tensor, check, difference, expect, number_of, show

from .checks import RAISES, Problem, Way, descend, expect_descent, fitted, problem_of
from .standardising import ATOL, RTOL, expect_standardized, tables_of

BEFORE = "These are the losses after each step: take the loss of each epoch before w and b move."
ONE_MORE = "There is one loss too many: return n_epochs numbers, each from before the step of its epoch."
KEEPS_GRAPHS = "Store loss.item(), a plain number: the tensor itself keeps the graph of its epoch in memory."
SUMS = "These are sums of squares: the loss is their mean."
HALVES = "These are half the mean squared error: it has no factor ½."
ROOTS = "These are roots: the loss is the mean squared error itself."
CALLERS = "w0 and b0 belong to the caller: train copies of them, such as w0.clone()."


@check("standardize() is right for any number of other tables", points=2)
def any_tables(student: Student, inputs: Inputs) -> None:
    for sizes in ([60, 25, 40], [70], [65, 2, 90, 30]):
        expect_standardized(student, tables_of(inputs, sizes, inputs.integer(2, 5)))


@check("fit() ends where gradient descent leads, for other sizes", points=1, explain=RAISES)
def descends_anywhere(student: Student, inputs: Inputs) -> None:
    for _ in range(3):
        expect_descent(student, problem_of(inputs, inputs.integer(20, 40), inputs.integer(2, 5)))


@check("fit() returns the loss of every epoch, before its step", points=1, kind="W", after="descends", explain=RAISES)
def losses(student: Student, inputs: Inputs) -> None:
    for _ in range(2):
        problem = telling_losses(inputs)
        *_, found = fitted(student, problem)
        right = descend(problem)[2]
        expect.that(
            not _in_graph(found.value), f"{found.question} are tensors that require grad.", mistake=KEEPS_GRAPHS
        )
        longer = descend(problem, Way(epochs=1))[2]
        expect.close(
            Answer(found.value, found.question),
            right,
            rtol=RTOL,
            atol=ATOL,
            mistakes={
                BEFORE: longer[1:],
                ONE_MORE: longer,
                SUMS: [loss * len(problem.y) for loss in right],
                HALVES: [loss / 2 for loss in right],
                ROOTS: [loss**0.5 for loss in right],
                "The losses are in reverse order: start with that of the first epoch.": right[::-1],
            },
        )


def telling_losses(inputs: Inputs) -> Problem:
    """A problem whose losses are unlike from epoch to epoch, and unlike their own roots."""
    while True:
        problem = problem_of(inputs, inputs.integer(10, 20), 3)
        found = np.array(descend(problem, Way(epochs=1))[2])
        if (np.abs(np.diff(found)) > 0.05 * found[:-1]).all() and np.abs(found - 1).min() > 0.05:
            return problem


def _in_graph(found: Any) -> bool:
    items = found if isinstance(found, list | tuple) else [found]
    return any(isinstance(item, Tensor) and item.requires_grad for item in items)


@check("fit() leaves w0 and b0 unchanged", points=1, kind="W", after="descends", explain=RAISES)
def leaves_alone(student: Student, inputs: Inputs) -> None:
    problem = problem_of(inputs, 12, 3)
    w0 = student.make("owned", problem.w0, called="w0")
    b0 = student.make("owned", problem.b0, called="b0")
    with expect.explained(RAISES):
        answer = student.fit(problem.X, problem.y, w0, b0, problem.lr, problem.epochs)
    for name, handle, before in (("w0", w0, problem.w0), ("b0", b0, problem.b0)):
        found = student.probe("as_it_is", handle).value
        expect.that(
            _is(found)(before),
            f"After {answer.question}, {name} is {show(found)}; before, it was {show(before)}.",
            mistake=CALLERS,
        )


def _is(found: Any) -> Callable[[Any], bool]:
    value = found if isinstance(found, Tensor) or number_of(found) is not None else None
    return lambda before: difference(value, before, rtol=0, atol=1e-6) is None
