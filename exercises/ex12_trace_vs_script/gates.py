"""Our own gate, inputs that tell mistakes apart, and what each mistake gives. Truth is NumPy's."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import Any

import numpy as np

from grader import Inputs, difference

Array = np.ndarray[Any, Any]

ABOVE, BELOW = "above", "below"
SIDES = (ABOVE, BELOW)

FROZEN = (
    "Only the example's branch was recorded: an `if`, bool() or item() on a tensor is decided while tracing. "
    "Compute both branches, and let torch.where choose."
)
OTHER = "The other branch is right here: x * a if the sum of all numbers in x is above t, otherwise x - b."
ELEMENTWISE = "The sum of all numbers in x decides once for the whole tensor; here each number decides for itself."
BY_ROWS = "The sum of all numbers in x decides once for the whole tensor; here each row decides for itself."
BY_COLUMNS = "The sum of all numbers in x decides once for the whole tensor; here each column decides for itself."
CHANGED_PLACES = "The numbers are mixed up: their order is t, a, b; a multiplies, and b is subtracted."
ADDED = "b is subtracted, not added."
BOTH = "The two branches were added: multiply each by its mask first, g and 1 - g."
BORDER = "If the sum is exactly t, the gate subtracts: its condition is > t, not >= t."
EARLIER = "This is the answer of an earlier model: make a new one in every call."


@dataclass(frozen=True)
class Gate:
    """Our own gate, as in the statement."""

    t: float
    a: float
    b: float

    def __str__(self) -> str:
        return f"Gate({self.t:g}, {self.a:g}, {self.b:g})"

    def branch(self, side: str, x: Array) -> Array:
        """What the branch for sums on this side gives: computed in float64, given in float32 if x is."""
        wide = np.asarray(x, "float64")
        with np.errstate(all="ignore"):  # x may be the student's, of any size
            result = wide * self.a if side == ABOVE else wide - self.b
            return np.asarray(result, "float32" if x.dtype == "float32" else "float64")

    def side_of(self, x: Array) -> str:
        """On which side of t the sum of x lies, in the precision of x."""
        precision = x.dtype.type if x.dtype.kind == "f" else np.float64
        with np.errstate(all="ignore"):
            return ABOVE if np.sum(x, dtype=precision) > precision(self.t) else BELOW

    def __call__(self, x: Array) -> Array:
        return self.branch(self.side_of(x), x)

    def input(self, inputs: Inputs, side: str, *shape: int, spread: float = 1.0) -> Array:
        """A random float32 tensor whose sum is clearly on this side of t, and whose branches give other numbers.

        Two decimals, so that a student can type it in again.
        """
        while True:
            x = spread * inputs.normal(*shape)
            total = self.t + (1 if side == ABOVE else -1) * inputs.number(0.5, 3)
            x = np.round(x + (total - x.sum()) / x.size, 2).astype("float32")
            if self.side_of(x) == side and np.abs(self.branch(ABOVE, x) - self.branch(BELOW, x)).max() > 0.5:
                return x


def other_than(side: str) -> str:
    """The other side of t."""
    return BELOW if side == ABOVE else ABOVE


def random_gates(inputs: Inputs, count: int) -> list[Gate]:
    """Gates of which no two share a number, so that an answer is that of one gate only; t is not near 0.

    The branches of each are unlike: a and b are of other sizes.
    """
    numbers = zip(
        inputs.sample(range(4, 10), count),
        inputs.sample(range(12, 19), count),
        inputs.sample(range(24, 31), count),
        strict=True,
    )
    return [
        _gate(inputs, quarters / 4, *inputs.sample((small / 10, large / 10), 2)) for quarters, small, large in numbers
    ]


def random_gate(inputs: Inputs, t: float | None = None) -> Gate:
    """One such gate, at t if it is given."""
    (gate,) = random_gates(inputs, 1)
    return gate if t is None else Gate(t, gate.a, gate.b)


def diverging_gate(inputs: Inputs, t: float) -> Gate:
    """A gate at t whose branches are unlike at whatever people try first, as any other gate's nearly everywhere are.

    x * a is x - b for one number x, b / (1 - a). Were that t + 1, who answers t + 1 would be wrong by our draw alone.
    """
    beside = np.array([t + step for step in (-2, -1, -0.5, 0.5, 1, 2)])
    tried = np.concatenate([beside, beside / 2, beside / 3, [2 * t, t * t, t / 2, -t, 1, -1, 10, -10, 100, -100]])
    while True:
        gate = random_gate(inputs, t)
        if np.abs(gate.branch(ABOVE, tried) - gate.branch(BELOW, tried)).min() > 0.1:
            return gate


def _gate(inputs: Inputs, *sizes: float) -> Gate:
    return Gate(*(inputs.choice((-1, 1)) * size for size in sizes))


def answers_of(gates: list[Gate], x: Array) -> Any:
    """A predicate: whether an answer is what one of these gates gives, on either branch."""
    outcomes = [gate.branch(side, x) for gate in gates for side in SIDES]
    return lambda got: any(difference(got, outcome) is None for outcome in outcomes)


def telling_input(inputs: Inputs, gate: Gate, side: str, *shape: int) -> Array:
    """An input on which the right answer and every mistake's answer are all told apart."""
    while True:
        x = gate.input(inputs, side, *shape, spread=2.0)
        outcomes = [gate(x), *wrong_answers(gate, x).values()]
        # On the way from t to 0 a gate at 0 would choose otherwise; beyond t, one that looks at the mean.
        towards_zero = (side == BELOW) == (gate.t > 0)
        told = x.sum() * gate.t > 0 if towards_zero else (x.mean() > gate.t) != (side == ABOVE)
        if told and all(np.abs(one - another).max() > 0.1 for one, another in itertools.combinations(outcomes, 2)):
            return x


def wrong_answers(gate: Gate, x: Array) -> dict[str, Array]:
    """Sentence → what that mistake gives for x."""
    side = gate.side_of(x)
    above, below = gate.branch(ABOVE, x), gate.branch(BELOW, x)
    right, other = (above, below) if side == ABOVE else (below, above)
    if float(x.sum(dtype="float64")) == gate.t:
        return {BORDER: other}
    decided = {ELEMENTWISE: x}
    if x.ndim > 1:
        decided |= {BY_ROWS: x.sum(axis=1, keepdims=True), BY_COLUMNS: x.sum(axis=0, keepdims=True)}
    return {
        OTHER: other,
        **{sentence: np.where(total > gate.t, above, below) for sentence, total in decided.items()},
        CHANGED_PLACES: Gate(gate.t, gate.b, gate.a).branch(side, x),
        **({ADDED: Gate(gate.t, gate.a, -gate.b).branch(side, x)} if side == BELOW else {}),
        BOTH: right + other,
    }


def mistakes_at(gate: Gate, x: Array, earlier: list[Gate], recorded: str | None = None) -> dict[str, Any]:
    """Sentence → what that mistake gives for x, or a predicate; for a trace that was recorded on some side, or none."""
    known: dict[str, Any] = dict(wrong_answers(gate, x))
    if recorded not in (None, gate.side_of(x)) and OTHER in known:
        known = {FROZEN: known.pop(OTHER), **known}
    numbers = itertools.permutations((gate.t, gate.a, gate.b))
    return {
        **known,
        EARLIER: answers_of(earlier, x),
        CHANGED_PLACES: answered_by([Gate(*three) for three in numbers], x),
    }


def answered_by(gates: list[Gate], x: Array) -> Any:
    """A predicate: whether an answer is that of one of these gates."""
    return lambda got: any(difference(got, gate(x)) is None for gate in gates)
