"""Hidden checks of ex12: Dropout in a recording, where a recording goes wrong, a gate that survives it, and a loop."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np

from grader import Answer, Inputs, Student, Tensor, check, difference, expect, show

from .checks import (
    ABOVE,
    BELOW,
    EARLIER,
    SIDES,
    Array,
    Gate,
    answers_of,
    gate_in_worker,
    made_by,
    random_gate,
    torchscript,
)

NOISY = (("Linear", 4, 9), ("ReLU",), ("Dropout", 0.5), ("Linear", 9, 3))
MODULE = "torch.nn.modules.module.Module"
DROPS = (
    "A Dropout was recorded in train mode, and .eval() afterwards does not remove it: call model.eval() before tracing."
)


@check("trace_it() records a model with Dropout in eval mode", points=1, after="traced")
def recorded_in_eval_mode(student: Student, inputs: Inputs) -> None:
    with torchscript():
        for _ in range(2):
            state = random_state(inputs)
            model = student.make("model", [list(layer) for layer in NOISY], state, True, student.device, called="model")
            made = made_by(student.trace_it.new(model, inputs.normal(5, 4)))
            for rows in (5, 8):
                x = inputs.normal(rows, 4)
                hidden = np.maximum(x @ state["0.weight"].T + state["0.bias"], 0)
                right = hidden @ state["3.weight"].T + state["3.bias"]
                expect.close(
                    made.forward(x),
                    right,
                    rtol=1e-3,
                    atol=1e-4,
                    mistakes={DROPS: lambda got, right=right: isinstance(got, Tensor) and got.shape == right.shape},
                )


def random_state(inputs: Inputs) -> dict[str, Array]:
    """Random parameters for NOISY."""
    shapes = {"0.weight": (9, 4), "0.bias": (9,), "3.weight": (3, 9), "3.bias": (3,)}
    return {name: inputs.normal(*shape) for name, shape in shapes.items()}


RUNS = "Hand back an input on which both run, and disagree."
SAME_SIDE = (
    "On this side of t the recording is right. It took the branch of its example, so ask on the other side: compare "
    "the two on an input above t and on one below."
)
ONLY_THIS_T = (
    "It was found for another t, but not for this one. 2 * t is above t only if t is positive, and t * t only if t is "
    "not between 0 and 1; t + 1 and t - 1 are on either side of every t."
)
ALIKE = "The branches differ there, but what they give does not: choose an x for which x * a and x - b are far apart."


@check("find_divergence() finds where a gate and its trace disagree", points=3)
def divergence(student: Student, inputs: Inputs) -> None:
    # Whoever scales or squares t goes up or down with its sign and size: every kind of t, with either branch.
    kinds = tuple(itertools.product((1, -1), ((5, 9), (1, 3)), SIDES))
    answers: dict[Any, tuple[Answer, Gate]] = {}
    with torchscript():
        for kind in inputs.sample(kinds, len(kinds)):
            sign, quarters, recorded = kind
            gate = random_gate(inputs, sign * inputs.integer(*quarters) / 4)
            model = gate_in_worker(student, gate)
            example = gate.input(inputs, recorded, inputs.integer(3, 5))
            called = f"its trace at an example {recorded} t"
            answers[kind] = (
                student.find_divergence(model, student.make("recording", model, example, called=called)),
                gate,
            )
    # Asked in any order, judged in one: the plain ones come first.
    for place, kind in enumerate(kinds):
        expect_divergence(*answers[kind], kind[-1], SAME_SIDE if place < len(SIDES) else ONLY_THIS_T)


def expect_divergence(answer: Answer, gate: Gate, recorded: str, same_side: str) -> None:
    """The answer is a tensor on which the gate leaves the recorded branch, and visibly so.

    `same_side` is what to say of one on which it does not.
    """
    tensor = expect.tensor(answer)
    question, x = answer.question, tensor.array
    expect.that(
        not tensor.meta and x.dtype.kind in "fiu" and x.size > 0 and bool(np.isfinite(x).all()),
        f"{question} returned {show(tensor)}; expected finite numbers, int or float.",
        mistake=RUNS,
    )
    side = gate.side_of(x)
    expect.that(
        side != recorded,
        f"{question} returned {show(tensor)}: the sum {_total(x)} is {side} t = {gate.t:g}, as the example's was.",
        mistake=same_side,
    )
    expect.that(
        difference(Tensor(gate(x), "float64"), gate.branch(recorded, x)) is not None,
        f"{question} returned {show(tensor)}: both give {show(gate(x))} there.",
        mistake=ALIKE,
    )


def _total(x: Array) -> str:
    with np.errstate(all="ignore"):
        return f"{float(np.sum(x, dtype='float64')):.6g}"


FROZEN = (
    "Only the example's branch was recorded: an `if`, a bool() or an item() on a tensor is decided while tracing. "
    "Compute both branches, and let torch.where choose."
)
OTHER = "The other branch is right there: x * a where x.sum(), of all numbers, is above t, and x - b elsewhere."
ELEMENTWISE = "x.sum(), of all numbers, decides once for the whole tensor; here each number decides for itself."
BY_ROWS = "x.sum(), of all numbers, decides once for the whole tensor; here each row decides for itself."
BY_COLUMNS = "x.sum(), of all numbers, decides once for the whole tensor; here each column decides for itself."
CHANGED_PLACES = "a multiplies, and b is subtracted: here they have changed places."
ORDER = "The arguments come in the order t, a, b."
ADDED = "b is subtracted, not added."
BOTH = "The branches were added up as they are: multiply each by its mask, g and 1 - g, first."
BORDER = "Where the sum is exactly t the gate subtracts: it asks for > t, not >= t."
NOT_A_MODULE = "Derive the class from nn.Module."
BUILDING = {
    "RuntimeError": "PyTorch refuses a step. Remember that x may have any shape: compare the shapes in the message.",
    "AttributeError": "Is super().__init__() the first line of __init__, and is all that forward uses set there?",
}


@check("TraceableGate computes what Gate does, and so do its traces", points=3, explain=BUILDING)
def traceable(student: Student, inputs: Inputs) -> None:
    earlier: list[Gate] = []
    with torchscript():
        for recorded in inputs.sample(SIDES * 2, 4):
            gate = random_gate(inputs)
            made = student.TraceableGate.new(gate.t, gate.a, gate.b)
            expect.that(
                made.is_a(MODULE),
                f"{made} is an object of type {made.thing.type_name}, not an nn.Module.",
                mistake=NOT_A_MODULE,
            )
            module = student.make("placed", made, student.device, called=str(made))
            shapes = [(inputs.integer(3, 5),), (2, inputs.integer(2, 4))]
            for side, shape in itertools.product(SIDES, shapes):
                x = telling_input(inputs, gate, side, *shape)
                expect.close(module.forward(x), gate(x), mistakes=mistakes_at(gate, x, earlier))
            example = telling_input(inputs, gate, recorded, inputs.integer(3, 5))
            trace = student.make("recording", module, example, called=f"torch.jit.trace({made}, x {recorded} t)")
            asked = [
                telling_input(inputs, gate, *where) for where in ((ABOVE, 5), (BELOW, 4), (ABOVE, 3, 2), (BELOW, 3))
            ]
            for x in asked:
                expect.close(trace.forward(x), gate(x), mistakes=mistakes_at(gate, x, earlier, recorded))
            for beyond in (0.0, HARDLY):
                x = at_the_border(inputs, gate, beyond)
                expect.close(trace.forward(x), gate(x), mistakes=mistakes_at(gate, x, earlier))
            earlier.append(gate)


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


HARDLY = 2.0**-10


def at_the_border(inputs: Inputs, gate: Gate, beyond: float) -> Array:
    """An input whose sum is exactly t + `beyond`, in float32 and in any order: few binary digits."""
    while True:
        x = np.array(inputs.integers(4, -9, 9), "float32") / 4
        x[-1] = gate.t - x[:-1].sum() + beyond
        if np.abs(gate.branch(ABOVE, x) - gate.branch(BELOW, x)).max() > 0.5:
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
    return {**known, EARLIER: answers_of(earlier, x), ORDER: answered_by([Gate(*three) for three in numbers], x)}


def answered_by(gates: list[Gate], x: Array) -> Any:
    """A predicate: whether an answer is that of one of these gates."""
    return lambda got: any(difference(got, gate(x)) is None for gate in gates)


UNROLLED = (
    "This goes through {} of {} rows: a recording keeps the loop as often as it ran, torch.jit.script keeps the loop."
)
COUNTS = (
    "This follows the number of rows, and a recording goes through as many as its example had: trace the model with "
    "torch.jit.trace."
)


@check("a traced loop has one length, a scripted one any", points=2, after=("scripted", "traced"))
def loop(student: Student, inputs: Inputs) -> None:
    with torchscript():
        for _ in range(2):
            decay = inputs.choice((-1, 1)) * inputs.number(0.4, 0.9)
            model = student.make("row_loop", decay, called=f"RowLoop({decay:g})")
            rows, n = inputs.integer(2, 4), inputs.integer(2, 4)
            traced = made_by(student.trace_it.new(model, inputs.normal(rows, n)))
            scripted = made_by(student.script_it.new(model))
            for count in (rows, rows + inputs.integer(1, 4), rows + 5):
                x = inputs.normal(count, n)
                known = {COUNTS: folded(x, decay)} if count > rows else {}
                expect.close(traced.forward(x), folded(x[:rows], decay), mistakes=known)
                unrolled = {UNROLLED.format(fewer, count): folded(x[:fewer], decay) for fewer in range(1, count)}
                expect.close(scripted.forward(x), folded(x, decay), mistakes=unrolled)


def folded(x: Array, decay: float) -> Array:
    """What RowLoop gives: each row is added to decay times what came before."""
    total = np.zeros(x.shape[1], "float64")
    for row in x:
        total = decay * total + row
    return total.astype("float32")
