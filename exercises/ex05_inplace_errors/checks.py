"""Public checks of ex05: the snippets at t = 2, the predictions, and an easy case for each of the functions.

The truth is never written down: our own copy of every snippet is run on the torch that grades, since what an operation
saves for backward is torch's business. torch is imported here, while the sandbox imports its own.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import torch

from grader import Answer, Inputs, Outcome, Student, check, difference, expect, show

OURS: dict[str, Callable[[torch.Tensor], torch.Tensor]] = {
    "a1": lambda t: t.cos().exp_(),
    "a2": lambda t: t.exp_().cos(),
    "a3": lambda t: t.exp().cos_(),
    "b1": lambda t: (lambda v: v.cos() * v.sin_())(t + 1),
    "b2": lambda t: (lambda v: v.cos_() * v.sin())(t + 1),
}
REASON = {None: "ok", "forward": "leaf", "backward": "saved"}
"""Where the RuntimeError comes tells why: on the forward line a leaf, in backward something saved."""
AS_IT_STANDS = "Write the snippet exactly as the statement has it, in-place operations included."
TOLERANCE = 1e-4


@dataclass(frozen=True)
class Truth:
    """What our own copy does: the stage that raises ("forward", "backward" or None), its value and its gradient."""

    stage: str | None
    value: float | None
    gradient: float | None


@functools.lru_cache(maxsize=1_024)  # a class is asked at the same points
def run(function: Callable[[torch.Tensor], torch.Tensor], x: float) -> Truth:
    """Run a function of one leaf, and backward, on this machine's torch."""
    t = torch.tensor(x, requires_grad=True)
    try:
        z = function(t)
    except RuntimeError:
        return Truth("forward", None, None)
    value = z.item()
    try:
        z.backward()
    except RuntimeError:
        return Truth("backward", value, None)
    return Truth(None, value, None if t.grad is None else t.grad.item())


def compare(outcome: Outcome, truth: Truth, key: str) -> None:
    """The student's snippet does what ours does: raises in the same place, or gives the same value and gradient."""
    asked = outcome.question
    if outcome.raised:
        error = outcome.bases[0] if outcome.bases else "an error"
        expect.that(
            truth.stage is not None,
            f"{asked} raised {error} in {outcome.stage}; it must not raise.",
            mistake=AS_IT_STANDS,
        )
        expect.that(
            "RuntimeError" in outcome.bases,
            f"{asked} raised {error}; expected a RuntimeError of autograd.",
            mistake=AS_IT_STANDS,
        )
        expect.that(
            outcome.stage == truth.stage,
            f"{asked} raised in {outcome.stage}; expected it in {truth.stage}.",
            mistake=AS_IT_STANDS,
        )
        if truth.value is not None:  # z was there before backward raised
            expect_value(outcome, truth.value)
        return
    expect.that(
        truth.stage is None,
        f"{asked} and backward() went through; the snippet {key} raises in {truth.stage}.",
        mistake="Return z as a tensor that still requires grad." if not outcome.connected else AS_IT_STANDS,
    )
    expect_value(outcome, truth.value)
    expect.close(
        Answer(outcome.gradients[0] if outcome.gradients else None, f"the gradient of {asked}"),
        truth.gradient,
        atol=TOLERANCE,
        mistakes={AS_IT_STANDS: lambda got: True},
    )


def expect_value(outcome: Outcome, value: float | None) -> None:
    """The snippet's z, before backward."""
    expect.close(
        Answer(outcome.value, outcome.question),
        value,
        atol=TOLERANCE,
        mistakes={AS_IT_STANDS: lambda got: got is not None},
    )


@check("the five snippets do the same as the statement's at t = 2", points=2, kind="W")
def snippets(student: Student, inputs: Inputs) -> None:
    for key, ours in OURS.items():
        compare(student.SNIPPETS[key].differentiate(2.0), run(ours, 2.0), key)


MISPREDICTED = {
    ("a1", True): "cos saves its input, not its output: exp_ may overwrite the output.",
    ("a2", False): "t is a leaf that requires grad, and such a leaf must not be changed in place.",
    ("a3", False): "exp saves its output for backward, and cos_ has overwritten it.",
    ("b1", False): "cos saved v, and sin_ overwrote v before backward.",
    ("b2", True): "cos_ changes v first, and sin then saves the new v: no saved value is lost.",
}
MISREASONED = {
    ("a2", "saved"): "It fails earlier than you say: t is a leaf, and the error comes on the forward line.",
    ("a3", "leaf"): "t itself is never changed here: cos_ overwrites the output that exp has saved.",
    ("b1", "leaf"): "v is not a leaf: sin_ overwrites the input that cos has saved.",
}


@check("the predictions say which snippets raise, and why", points=3)
def predictions(student: Student, inputs: Inputs) -> None:
    answer = student.PREDICT.get()
    predicted = answer.value
    expect.that(
        isinstance(predicted, dict),
        f"PREDICT is {show(predicted)}; expected a dict with the keys {', '.join(OURS)}.",
    )
    for key, ours in OURS.items():
        stage = run(ours, 2.0).stage
        truth = {"raises": stage is not None, "reason": REASON[stage]}
        got: Any = predicted.get(key)
        question = f"PREDICT[{key!r}]"
        expect.that(
            isinstance(got, dict) and {"raises", "reason"} <= set(got),
            f'{question} is {show(got)}; expected a dict like {{"raises": False, "reason": "ok"}}.',
            mistake=None if key in predicted else f"PREDICT has no entry for {key} yet.",
        )
        expect.that(
            difference({name: got[name] for name in truth}, truth) is None,
            f"{question} is {show(got)}; that is not what happens.",
            mistake=_mispredicted(key, got, truth),
            evidence={"asked": question, "got": show(got)},
        )


def _mispredicted(key: str, got: dict[Any, Any], truth: dict[str, Any]) -> str | None:
    if got["raises"] is truth["raises"]:
        return next((text for (of, reason), text in MISREASONED.items() if (of, reason) == (key, got["reason"])), None)
    return MISPREDICTED.get((key, not truth["raises"])) if isinstance(got["raises"], bool) else None


def forward_value(key: str, t: float) -> float:
    """What b1 and b2 compute, from the calculus, without autograd."""
    v = t + 1
    return math.cos(v) * (math.sin(v) if key == "b1" else math.sin(math.cos(v)))


HIDDEN_FROM_AUTOGRAD = (
    "The value is right, the gradient is not: .data and detach() hide a step from autograd. Compute out of place."
)
UNCONNECTED = "Autograd cannot go back: under no_grad(), after detach() or of a plain number it records nothing."
NOTHING_BACK = "Repair the computation instead of hiding the error: return the intended value."
UNCHANGED = "In b2 the second factor uses a v that has changed by then: compute both values for this u."


def expect_repaired(student: Student, key: str, x: float, truth: Truth) -> None:
    """What fixed() gives for a snippet at t = x has this value and this gradient."""
    outcome = student.fixed.differentiate(x, before=[key]).glance
    unwritten = "NotImplementedError" in outcome.bases
    expect.that(
        not outcome.raised,
        f"{outcome.question} and backward() raised {', '.join(outcome.bases[:1])} in {outcome.stage or ''}.",
        mistake="This part of the stub is still to be written."
        if unwritten
        else "This still raises a RuntimeError: compute every value in a new tensor, out of place."
        if "RuntimeError" in outcome.bases
        else None,
    )
    expect.close(
        Answer(outcome.value, outcome.question),
        truth.value,
        atol=TOLERANCE,
        mistakes={NOTHING_BACK: lambda got: got is None},
    )
    expect.that(
        outcome.connected,
        f"{outcome.question} returned a value that autograd knows nothing about: it does not require grad.",
        mistake=UNCONNECTED,
    )
    expect.close(
        Answer(outcome.gradients[0] if outcome.gradients else None, f"the gradient of {outcome.question}"),
        truth.gradient,
        atol=TOLERANCE,
        mistakes={HIDDEN_FROM_AUTOGRAD: lambda got: True},
    )


@check("fixed() repairs a2 at t = 0.5", points=1)
def easy_repair(student: Student, inputs: Inputs) -> None:
    # From the calculus: the value that was meant is cos(exp(t)).
    power = math.exp(0.5)
    expect_repaired(student, "a2", 0.5, Truth(None, math.cos(power), -math.sin(power) * power))


def why(first: str, *, saves: bool) -> str:
    """What to say to those who think otherwise of an operation's output."""
    if saves:
        return f"{first} saves its output for backward, so overwriting it raises."
    return f"{first} does not need its output for backward, so it may be overwritten."


@check("will_raise() knows the statement's two examples: sigmoid saves its output, sin does not", points=1)
def easy_rule(student: Student, inputs: Inputs) -> None:
    for first, saves in (("sigmoid", True), ("sin", False)):
        expect.close(student.will_raise(first, "square"), saves, mistakes={why(first, saves=saves): not saves})


@check("same_value() is True where both are 0 (t + 1 = π/2), and False at t = 0", points=1)
def easy_agreement(student: Student, inputs: Inputs) -> None:
    both_zero = "cos(π/2) is 0, and so is sin(0): both products are 0 there, to five decimals."
    expect.close(student.same_value(math.pi / 2 - 1), True, mistakes={both_zero: False})
    expect.close(student.same_value(0.0), False, mistakes={UNCHANGED: True})
