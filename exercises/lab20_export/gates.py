"""Our own gate, inputs that tell mistakes apart, and what each mistake gives. Truth is NumPy's."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import Any

import numpy as np

from grader import Handle, Inputs, Student, difference

Array = np.ndarray[Any, Any]

ELEMENTWISE = "x.sum(), of all numbers, decides once for the whole tensor; here each number decides for itself."
BY_ROWS = "x.sum(), of all numbers, decides once for the whole tensor; here each row decides for itself."
OTHER = "The other branch is right there: x * a where x.sum(), of all numbers, is above t, and x - b elsewhere."
BORDER = "Where the sum is exactly t the gate subtracts: it asks for > t, not >= t."
CHANGED_PLACES = "The numbers have changed places: they come in the order t, a, b; a multiplies, and b is subtracted."
BOTH = "The branches were added up as they are: multiply each by its mask, g and 1 - g, first."


@dataclass(frozen=True)
class Gate:
    """Our own gate, as in the statement."""

    t: float
    a: float
    b: float

    def __str__(self) -> str:
        return f"({self.t:g}, {self.a:g}, {self.b:g})"

    def branch(self, above: bool, x: Array) -> Array:
        """What one branch gives."""
        return (x.astype("float64") * self.a if above else x.astype("float64") - self.b).astype("float32")

    def is_above(self, x: Array) -> bool:
        """Which branch the gate takes."""
        return bool(x.sum(dtype="float32") > np.float32(self.t))

    def __call__(self, x: Array) -> Array:
        return self.branch(self.is_above(x), x)

    def mistakes(self, x: Array) -> dict[str, Any]:
        """Sentence → what that mistake gives for x, or a predicate."""
        above, below = self.branch(True, x), self.branch(False, x)
        if float(x.sum(dtype="float64")) == self.t:
            return {BORDER: above}
        return {
            OTHER: self.branch(not self.is_above(x), x),
            ELEMENTWISE: np.where(x > self.t, above, below),
            BY_ROWS: np.where(x.sum(axis=1, keepdims=True) > self.t, above, below),
            BOTH: above + below,
            CHANGED_PLACES: lambda got: any(
                difference(got, Gate(*three)(x)) is None for three in itertools.permutations((self.t, self.a, self.b))
            ),
        }

    def telling_input(self, inputs: Inputs, above: bool, rows: int, n: int) -> Array:
        """Random (rows, n) on this side of t, on which the right answer and every mistake's are told apart.

        Two decimals, so that a student can type it in again.
        """
        while True:
            x = 2 * inputs.normal(rows, n)
            total = self.t + (1 if above else -1) * inputs.number(0.5, 3)
            x = np.round(x + (total - x.sum()) / x.size, 2).astype("float32")
            outcomes = [self(x), *(wrong for wrong in self.mistakes(x).values() if not callable(wrong))]
            if self.is_above(x) == above and all(
                np.abs(one - another).max() > 0.1 for one, another in itertools.combinations(outcomes, 2)
            ):
                return x

    def at_the_border(self, inputs: Inputs) -> Array:
        """A (2, 3) whose sum is exactly t, in float32 and in any order: few binary digits."""
        while True:
            x = np.array(inputs.integers(6, -9, 9), "float32").reshape(2, 3) / 4
            x[-1, -1] += self.t - x.sum()
            if np.abs(self.branch(True, x) - self.branch(False, x)).max() > 0.5:
                return x

    def in_python(self, student: Student) -> Handle:
        """The gate with its `if`, in the student's worker."""
        return student.make("gate", self.t, self.a, self.b, called=f"Gate{self}")


def random_gates(inputs: Inputs, count: int) -> list[Gate]:
    """Gates whose numbers differ from each other: t in quarters, a small, b large, of either sign."""
    return [
        Gate(sign * inputs.integer(4, 9) / 4, inputs.choice((-1, 1)) * small / 10, inputs.choice((-1, 1)) * large / 10)
        for sign, small, large in zip(
            inputs.sample((1, -1) * count, count),
            inputs.sample(range(13, 20), count),
            inputs.sample(range(24, 40), count),
            strict=True,
        )
    ]
