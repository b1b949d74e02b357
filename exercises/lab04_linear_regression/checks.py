"""Public checks of lab04: tables standardised, gradient descent, predictions. The truth is NumPy's, in float64."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np

from grader import Answer, Inputs, Student, Tensor, check, difference, expect, number_of, show

from .standardising import ATOL, RTOL, Array, expect_standardized, tables_of

TELLING = 0.02
"""How far apart, at least, the right end and each mistake's are, in proportion."""

BROADCAST = (
    "Shape (m, 1) minus (m,) gives (m, m): every prediction met every target. Give y the shape (m, 1): y.reshape(-1, "
    "1)."
)
SUM = "Your loss is the sum of the squared errors, which makes the gradient m times too large: take the mean."
HALF = "Your gradients are half of what they should be: the mean squared error has no factor ½."
STILL = "Neither w nor b moved: subtract lr times the gradient from both, and only then set the gradients to zero."
BIAS_STILL = "The bias never moved: b must take a step in every epoch, too."
WEIGHTS_STILL = "Only the bias moved: w must take a step in every epoch, too."
NO_ZERO = "Gradients add up over the epochs: set both w.grad and b.grad to zero (or None) after each step."
ZEROED_B_ONLY = "The gradient of w adds up over the epochs: set w.grad to zero, too, not just b.grad."
ZEROED_W_ONLY = "The gradient of b adds up over the epochs: set b.grad to zero, too, not just w.grad."
ASCENT = "You climbed: the gradient points uphill, so subtract it."
ONE_TOO_FEW = "One epoch is missing: range(n_epochs) gives n_epochs of them."
ONE_TOO_MANY = "One epoch too many was run: range(n_epochs) gives n_epochs of them."
ROOT = "Your loss is the root of the mean squared error, which has another gradient: use the mean squared error itself."

IN_PLACE = "a leaf Variable that requires grad"
NO_GRAPH = "does not require grad"
TWICE = "backward through the graph a second time"
NO_GRADIENT = (
    "`.grad` is None: only backward() fills it, and only for leaves that require grad. `w = w - …` makes a new tensor "
    "that is not a leaf."
)
RAISES = {
    IN_PLACE: (
        "You cannot change a leaf in place while autograd is watching: take the step inside `with torch.no_grad():`."
    ),
    NO_GRAPH: "backward() finds nothing to differentiate: w and b must require grad in every epoch. Inside no_grad, "
    "`w = w - …` makes a tensor that does not; `w -= …` keeps the old one.",
    TWICE: (
        "Each epoch needs its own graph: in every epoch, predict and compute the loss again before you call backward()."
    ),
    "and 'NoneType'": NO_GRADIENT,
    "'NoneType' and": NO_GRADIENT,
    "has no attribute 'zero_'": NO_GRADIENT,
}
"""Part of an exception's message → a sentence."""


@check("standardize() scales a training and a validation table by the columns of the training table", points=1)
def known_table(student: Student, inputs: Inputs) -> None:
    expect_standardized(student, tables_of(inputs, [12, 7], 3))


@dataclass(frozen=True)
class Problem:
    """What fit() is asked: X (m, d), y (m,), w0 (d, 1), b0 (); the learning rate and the number of epochs."""

    X: Array
    y: Array
    w0: Array
    b0: Array
    lr: float
    epochs: int

    @property
    def arguments(self) -> tuple[Any, ...]:
        """As fit() takes them."""
        return self.X, self.y, self.w0, self.b0, self.lr, self.epochs


@dataclass(frozen=True)
class Way:
    """How a descent goes about its work; the defaults are right."""

    broadcast: bool = False
    scale: float = 1.0
    root: bool = False
    moves: tuple[bool, bool] = (True, True)
    """Whether w and b take steps."""
    piles: tuple[bool, bool] = (False, False)
    """Whether the gradients of w and b pile up."""
    epochs: int = 0
    """How many more of them are run."""


def ways_of(problem: Problem) -> dict[str, Way]:
    """Sentence → the way that it names."""
    return {
        BROADCAST: Way(broadcast=True),
        SUM: Way(scale=len(problem.y)),
        HALF: Way(scale=0.5),
        ROOT: Way(root=True),
        STILL: Way(moves=(False, False)),
        BIAS_STILL: Way(moves=(True, False)),
        WEIGHTS_STILL: Way(moves=(False, True)),
        NO_ZERO: Way(piles=(True, True)),
        ZEROED_B_ONLY: Way(piles=(True, False)),
        ZEROED_W_ONLY: Way(piles=(False, True)),
        ASCENT: Way(scale=-1.0),
        ONE_TOO_FEW: Way(epochs=-1),
        ONE_TOO_MANY: Way(epochs=1),
    }


def descend(problem: Problem, way: Way | None = None) -> tuple[Array, float, list[float]]:
    """w (d, 1), b and the losses before each step: MSE = mean((X w + b - y)²), its gradient 2/m Xᵀ(X w + b - y)."""
    way = way or Way()
    X, y = problem.X.astype("float64"), problem.y.astype("float64")[:, None]
    w, b = problem.w0.astype("float64"), float(problem.b0)
    losses = []
    sums: tuple[Any, float] = (np.zeros_like(w), 0.0)
    for _ in range(problem.epochs + way.epochs):
        error = X @ w + b - y
        loss = float(((X @ w + b - y.T) ** 2).mean()) if way.broadcast else float((error**2).mean())
        if way.broadcast:
            error = X @ w + b - y.mean()
        scale = way.scale / (2 * loss**0.5) if way.root else way.scale
        gradients = scale * 2 * X.T @ error / len(y), float(scale * 2 * error.mean())
        losses.append(loss**0.5 if way.root else loss * (1.0 if way.scale < 0 else way.scale))
        sums = (
            sums[0] * way.piles[0] + gradients[0],
            sums[1] * way.piles[1] + gradients[1],
        )
        w = w - way.moves[0] * problem.lr * sums[0]
        b = b - way.moves[1] * problem.lr * sums[1]
    return w, b, losses


def problem_of(inputs: Inputs, m: int, d: int) -> Problem:
    """A problem on which every way leads elsewhere than the right one, and than every other."""
    while True:
        X = inputs.normal(m, d)
        y = (X @ (2 * inputs.normal(d, 1)) + 3 + 0.3 * inputs.normal(m, 1))[:, 0].astype("float32")
        b0 = np.asarray(inputs.number(-1, 1), "float32")
        problem = Problem(X, y, inputs.normal(d, 1), b0, inputs.number(0.05, 0.09), inputs.integer(4, 6))
        ends = [_flat(descend(problem)), *(_flat(descend(problem, way)) for way in ways_of(problem).values())]
        if all(np.abs(one - other).max() > TELLING * (1 + np.abs(one).max()) for one, other in combinations(ends, 2)):
            return problem


def _flat(end: tuple[Array, float, list[float]]) -> Array:
    return np.append(end[0].ravel(), end[1])


def fitted(student: Student, problem: Problem) -> tuple[Answer, Answer, Answer]:
    """What fit() answers: w, b as a number, and the losses.

    Raises:
        CheckFailed: if it is no triple of this form.
    """
    with expect.explained(RAISES):
        answer = student.fit(*problem.arguments)
    value: Any = answer.value
    expect.that(
        isinstance(value, list | tuple) and len(value) == 3,
        f"{answer.question} returned {show(value)}; expected the triple (w, b, losses).",
        mistake="Your function returned None: `return` the triple." if value is None else None,
    )
    w, b, losses = value
    expect.tensor(
        Answer(w, f"the w of {answer.question}"),
        shape=problem.w0.shape,
        mistakes={"w must have the shape of w0, (d, 1).": lambda got: isinstance(got, Tensor) and got.array.ndim < 2},
    )
    if isinstance(b, Tensor) and not b.meta and b.shape == (1,):
        b = float(b.array[0])
    expect.that(
        number_of(b) is not None,
        f"the b of {answer.question} is {show(b)}; expected a number, or a tensor with one.",
    )
    expect.that(
        isinstance(losses, list | tuple) or (isinstance(losses, Tensor) and losses.array.ndim == 1),
        f"The losses of {answer.question} are {show(losses)}; expected a list of {problem.epochs} numbers.",
        mistake="Return the losses of all epochs, one number each: collect them in a list."
        if number_of(losses) is not None
        else None,
    )
    return (
        Answer(w, f"the w of {answer.question}"),
        Answer(b, f"the b of {answer.question}"),
        Answer(losses, f"the losses of {answer.question}"),
    )


def expect_descent(student: Student, problem: Problem) -> None:
    """fit() ends where gradient descent ends."""
    w, b, _ = fitted(student, problem)
    right = descend(problem)
    found = {"w": w.value, "b": b.value}

    def leads_there(way: Way) -> Any:
        end = descend(problem, way)
        known = {"w": end[0], "b": end[1]}
        return lambda got: difference(found, known, rtol=RTOL, atol=ATOL) is None

    mistakes = {sentence: leads_there(way) for sentence, way in ways_of(problem).items()}
    expect.close(w, right[0], rtol=RTOL, atol=ATOL, mistakes=mistakes)
    expect.close(b, right[1], rtol=RTOL, atol=ATOL, mistakes=mistakes)


@check("fit() ends where a few steps of gradient descent lead", points=3, explain=RAISES)
def descends(student: Student, inputs: Inputs) -> None:
    for m, d in ((12, 2), (9, 3)):
        expect_descent(student, problem_of(inputs, m, d))


NO_BIAS = "You did not use b: the predictions are X w + b."
FLAT = "Keep the second dimension of the predictions: (n, 1), one row per sample."
KEEPS_GRAPH = "A prediction needs no gradient: compute it inside `with torch.no_grad():`."


@check("predict() returns X w + b, outside any graph", points=1, kind="W")
def predictions(student: Student, inputs: Inputs) -> None:
    for n, d in ((3, 2), (7, 4), (1, 3)):
        X, w, b = inputs.normal(n, d), inputs.normal(d, 1), np.asarray(1 + inputs.number(0, 1), "float32")
        learned = Tensor(w, "float32", requires_grad=True), Tensor(b, "float32", requires_grad=True)
        answer = student.predict(X, *learned)
        right = X.astype("float64") @ w + b
        expect.close(
            answer,
            right,
            mistakes={
                NO_BIAS: right - b,
                FLAT: lambda got, n=n: isinstance(got, Tensor) and got.shape == (n,),
            },
        )
        expect.that(
            not answer.value.requires_grad,
            f"{answer.question} returned a tensor that requires grad.",
            mistake=KEEPS_GRAPH,
        )
