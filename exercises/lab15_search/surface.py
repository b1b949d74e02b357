"""How accurate a network would be: what the student's code is given in the worker, known here, too."""

from __future__ import annotations

import math
from dataclasses import dataclass

from grader import Handle, Inputs, Student

LOWEST_RATE, HIGHEST_RATE = 1e-5, 1e-1
FEWEST, MOST = 20, 300


@dataclass(frozen=True)
class Surface:
    """Accuracy over learning rate, neurons and epochs; probes.py has the same formula.

    Attributes:
        best_rate: log10 of the best learning rate.
        best_hidden: the best number of neurons.
        pace: how fast accuracy rises from epoch to epoch, until there were too many: then it falls again.
    """

    best_rate: float
    best_hidden: float
    pace: float

    def __call__(self, learning_rate: float, n_hidden: float, epoch: int) -> float:
        """The accuracy after an epoch."""
        far = (math.log10(learning_rate) - self.best_rate) ** 2 / 1.2 + ((n_hidden - self.best_hidden) / 220) ** 2
        learnt, too_much = 1 - 0.7 * math.exp(-self.pace * (epoch + 1)), 1 - 0.06 * epoch
        return 0.95 * math.exp(-far) * learnt * too_much

    def tells_means(self, epochs: int) -> bool:
        """Whether the mean over so many epochs is far from the last accuracy; that hangs on the pace alone."""
        seen = [self(10**self.best_rate, self.best_hidden, epoch) for epoch in range(epochs)]
        return abs(sum(seen) / epochs - seen[-1]) > 0.01 * seen[-1]

    def in_worker(self, student: Student) -> Handle:
        """The function as the student's code gets it."""
        return student.make("surface", self.best_rate, self.best_hidden, self.pace, called="evaluate")


def random_surface(inputs: Inputs) -> Surface:
    """A surface whose best learning rate is near 1e-3, and whose best number of neurons is inside the range."""
    return Surface(inputs.number(-3.5, -2.5), inputs.number(80, 240), inputs.number(0.25, 0.5))


def random_params(inputs: Inputs) -> dict[str, float]:
    """A learning rate, logarithmic, and a number of neurons."""
    return {"learning_rate": 10 ** inputs.number(-4.5, -1.5), "n_hidden": inputs.integer(40, 280)}
