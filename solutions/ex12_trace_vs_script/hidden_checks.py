"""Hidden checks of ex12: Dropout in a recording, where a recording goes wrong, a gate that survives it, and a loop."""

from __future__ import annotations

import itertools
from typing import Any

import numpy as np

from grader import Answer, Handle, Inputs, Room, Student, Tensor, check, difference, expect

from .checks import (
    BUILDING,
    SAME_SIDE,
    expect_divergence,
    gate_in_worker,
    made_by,
    torchscript,
    traceable_gate,
)
from .gates import ABOVE, BELOW, SIDES, Array, Gate, diverging_gate, mistakes_at, random_gates, telling_input

NOISY = (("Linear", 4, 9), ("ReLU",), ("Dropout", 0.5), ("Linear", 9, 3))
DROPS = (
    "Dropout was recorded in train mode, and eval() afterwards does not remove it: call model.eval() before tracing."
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
                first, second = made.forward(x), made.forward(x)
                # A recorded Dropout draws anew each time, which nothing else in this model does.
                drops = isinstance(first.value, Tensor) and difference(second.value, first.value) is not None
                mistakes = {DROPS: lambda got, drops=drops: drops}
                expect.close(first, right, rtol=1e-3, atol=1e-4, mistakes=mistakes)


def random_state(inputs: Inputs) -> dict[str, Array]:
    """Random parameters for NOISY."""
    shapes = {"0.weight": (9, 4), "0.bias": (9,), "3.weight": (3, 9), "3.bias": (3,)}
    return {name: inputs.normal(*shape) for name, shape in shapes.items()}


ONLY_THIS_T = (
    "This is found for some t, but not for this one. 2 * t is above t only if t is positive, t * t only if t is not "
    "between 0 and 1. A single number, t + 1 or t - 1, works for every t."
)


@check("find_divergence() finds an input on which a gate and its trace disagree", points=2, after="one_divergence")
def divergence(student: Student, inputs: Inputs) -> None:
    # Whoever scales or squares t goes up or down with its sign and size: every kind of t, with either branch.
    # And whoever fills a tensor with t + 1 or t - 1 has a sum on the wrong side once |t| is large.
    kinds = tuple(itertools.product((1, -1), ((10, 16), (5, 7), (1, 3)), SIDES))
    answers: dict[Any, tuple[Answer, Gate]] = {}
    with torchscript():
        for kind in inputs.sample(kinds, len(kinds)):
            sign, quarters, recorded = kind
            gate = diverging_gate(inputs, sign * inputs.integer(*quarters) / 4)
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


@check(
    "TraceableGate computes the same as Gate, and so do its traces", points=2, after="same_function", explain=BUILDING
)
def traceable(student: Student, inputs: Inputs) -> None:
    earlier: list[Gate] = []
    with torchscript():
        room = student.elsewhere()
        for recorded, gate in zip(inputs.sample(SIDES * 2, 4), random_gates(inputs, 4), strict=True):
            module = traceable_gate(student, gate)
            shapes = [(inputs.integer(3, 5),), (2, inputs.integer(2, 4))]
            for side, shape in itertools.product(SIDES, shapes):
                x = telling_input(inputs, gate, side, *shape)
                expect.close(module.forward(x), gate(x), mistakes=mistakes_at(gate, x, earlier))
            example = telling_input(inputs, gate, recorded, inputs.integer(3, 5))
            called = f"torch.jit.trace({module}, x {recorded} t)"
            trace = carried(student, room, student.make("recording", module, example, called=called), called)
            asked = [
                telling_input(inputs, gate, *where) for where in ((ABOVE, 5), (BELOW, 4), (ABOVE, 3, 2), (BELOW, 3))
            ]
            for x in asked:
                expect.close(trace.forward(x), gate(x), mistakes=mistakes_at(gate, x, earlier, recorded))
            for beyond in (0.0, HARDLY):
                x = at_the_border(inputs, gate, beyond)
                expect.close(trace.forward(x), gate(x), mistakes=mistakes_at(gate, x, earlier))
            earlier.append(gate)


def carried(student: Student, room: Room, trace: Handle, called: str) -> Handle:
    """A trace where none of the student's code runs: beside it, the module itself may stand for its own trace."""
    data = student.fetch("torchscript_bytes", trace).value
    expect.that(isinstance(data, bytes), f"{called} is no TorchScript.", mistake=NO_TRACE)
    return room.make("torchscript_in", room.place("put_file", "trace.ts", data), called=called)


NO_TRACE = "Leave torch.jit.trace as it is."
HARDLY = 2.0**-10


def at_the_border(inputs: Inputs, gate: Gate, beyond: float) -> Array:
    """An input whose sum is exactly t + `beyond`, in float32 and in any order: few binary digits."""
    while True:
        x = np.array(inputs.integers(4, -9, 9), "float32") / 4
        x[-1] = gate.t - x[:-1].sum() + beyond
        if np.abs(gate.branch(ABOVE, x) - gate.branch(BELOW, x)).max() > 0.5:
            return x


UNROLLED = (
    "This uses {} of {} rows: a recording repeats the loop as often as it ran, torch.jit.script keeps the loop itself."
)
COUNTS = (
    "This uses all the rows, but a recording uses only as many as its example had: trace the model with "
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
