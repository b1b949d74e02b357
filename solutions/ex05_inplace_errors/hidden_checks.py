"""Hidden checks of ex05: the snippets elsewhere, the repairs, and the rule behind it all."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence

import torch

from grader import Answer, Inputs, Student, StudentRaised, check, expect

from .checks import OURS, TOLERANCE, UNCHANGED, compare, expect_repaired, forward_value, run, why

OPERATIONS = ["abs", "cos", "exp", "log", "neg", "reciprocal", "relu", "sigmoid", "sin", "sqrt", "square", "tanh"]
DOTTIE = 0.7390851332151607
"""The solution of cos(v) = v, where b1 and b2 agree (https://oeis.org/A003957)."""
MEANT = {
    "a2": lambda t: t.exp().cos(),
    "a3": lambda t: t.exp().cos(),
    "b1": lambda t: (t + 1).cos() * (t + 1).sin(),
}
BEHIND_THE_ERROR = "Write each snippet to its end, including what comes after the line that raises."
RAISES_ITSELF = "Your snippet raises this error itself: write only the snippet, and let PyTorch raise."


@check("the snippets do the same as the statement's at random points", points=2, after="snippets", kind="W")
def snippets_elsewhere(student: Student, inputs: Inputs) -> None:
    for key, ours in OURS.items():
        for x in on_both_sides(inputs, 1.5):
            compare(student.SNIPPETS[key].differentiate(x), run(ours, x), key)
    for key, ours in OURS.items():
        expect_all_of_it(student, key, ours, on_both_sides(inputs, 1.5))


def on_both_sides(inputs: Inputs, end: float) -> tuple[float, float]:
    """A number below 0 and one above, up to `end` from it: two that tell more than three that may be of one sign."""
    return inputs.number(-end, -0.1), inputs.number(0.1, end)


def expect_all_of_it(
    student: Student, key: str, ours: Callable[[torch.Tensor], torch.Tensor], numbers: Sequence[float]
) -> None:
    """What stands behind a line that raises is right, too: it shows while autograd is off, and nothing raises."""
    try:
        answer = student.fetch("without_autograd", student.SNIPPETS[key].get().value, list(numbers))
    except StudentRaised as error:
        by_hand = bool(error.raised.frames) and error.raised.frames[-1].source.lstrip().startswith("raise ")
        asked = f"SNIPPETS[{key!r}]({numbers[0]:g}), while autograd is off,"
        raise StudentRaised(error.raised, asked, RAISES_ITSELF if by_hand else None) from None
    # Who answers for fewer numbers than were asked for has not answered.
    expect.that(
        len(answer.value) == len(numbers), f"SNIPPETS[{key!r}] gave {len(answer.value)} of {len(numbers)} answers."
    )
    for x, got in zip(numbers, answer.value, strict=True):
        with torch.no_grad():
            value = ours(torch.tensor(x)).item()
        question = f"SNIPPETS[{key!r}]({x:g}), while autograd is off,"
        expect.close(Answer(got, question), value, atol=TOLERANCE, mistakes={BEHIND_THE_ERROR: lambda got: True})


@check("fixed() gives the intended value, with the right gradient", points=2, after="easy_repair")
def repairs(student: Student, inputs: Inputs) -> None:
    for key, meant in MEANT.items():
        for x in on_both_sides(inputs, 1.0):
            expect_repaired(student, key, x, run(meant, x))


@check("will_raise() is right for 12 random pairs of operations", points=2, after="easy_rule")
def rule(student: Student, inputs: Inputs) -> None:
    saves = {name: _raises(name, "neg") for name in OPERATIONS}
    firsts = inputs.sample([name for name in OPERATIONS if saves[name]], 6)
    firsts += inputs.sample([name for name in OPERATIONS if not saves[name]], 6)
    for first in inputs.sample(firsts, len(firsts)):
        second = inputs.choice(OPERATIONS)
        truth = _raises(first, second)
        expect.close(student.will_raise(first, second), truth, mistakes={why(first, saves=truth): not truth})


def _raises(first: str, second: str) -> bool:
    def chain(t: torch.Tensor) -> torch.Tensor:
        inner: torch.Tensor = getattr(t, first)()
        result: torch.Tensor = getattr(inner, f"{second}_")()
        return result

    return run(chain, 0.7).stage is not None


@check("same_value() tells where b1 and b2 agree", points=1, after="easy_agreement")
def agreement(student: Student, inputs: Inputs) -> None:
    apart = [u for u in inputs.numbers(12, -2, 2) if abs(forward_value("b1", u) - forward_value("b2", u)) > 1e-2]
    for u in [2.0, DOTTIE - 1, *apart[:4]]:
        truth = math.isclose(forward_value("b1", u), forward_value("b2", u), abs_tol=1e-6)
        expect.close(student.same_value(u), truth, mistakes={UNCHANGED: not truth})
