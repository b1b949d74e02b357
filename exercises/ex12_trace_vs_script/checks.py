"""Public checks of ex12: a gate, scripted, traced, told from its trace, and rebuilt. Truth is NumPy's."""

from __future__ import annotations

import contextlib
import functools
import threading
import warnings
from collections.abc import Iterator

import numpy as np

from grader import Answer, Handle, Inputs, Student, StudentRaised, Tensor, check, difference, expect, show, torch_here

from .gates import (
    ABOVE,
    EARLIER,
    SIDES,
    Array,
    Gate,
    answers_of,
    diverging_gate,
    mistakes_at,
    other_than,
    random_gate,
    random_gates,
    telling_input,
)

LACKING = "The torch of this machine has no TorchScript that works, so tracing and scripting cannot be tried."

ONE_BRANCH = (
    "This takes the wrong branch, as a recording does: torch.jit.script compiles the source, with both branches."
)
FOLLOWS = (
    "This takes both branches, but a recording knows only the one that its example took: trace the model with "
    "torch.jit.trace."
)
OTHER_BRANCH = "This is the branch that the example did not take: trace with the example that you were given."
MISUSED = {
    **dict.fromkeys(
        ("RuntimeError: cannot be compiled", "RuntimeError: cannot be used as a value", "RuntimeError: example_kwarg"),
        "These models can be compiled and recorded as they are: give torch.jit.script the model itself, not its "
        "class or forward, and torch.jit.trace the model and the example.",
    ),
    "TraceError: control flow": (
        "torch.fx cannot follow an `if` on a tensor: use torch.jit.script, which reads the source."
    ),
}
COMPILED = (
    "torch.compile is TorchScript's successor, but not TorchScript: use torch.jit.trace and torch.jit.script here."
)
NOT_TORCHSCRIPT = "That is not TorchScript: return the results of torch.jit.trace and torch.jit.script."


def gate_in_worker(student: Student, gate: Gate) -> Handle:
    """The same gate in the worker, with Python's `if`."""
    return student.make("gate", gate.t, gate.a, gate.b, called=str(gate))


@contextlib.contextmanager
def torchscript() -> Iterator[None]:
    """What raises in here is held against the student only where TorchScript works at all.

    Raises:
        NotGradable: where it does not.
    """
    try:
        yield
    except StudentRaised as fault:
        expect.gradable("NotImplementedError" in fault.raised.bases or torchscript_works(), LACKING)
        raise


def torchscript_works() -> bool:
    """Whether our own torch traces and scripts. Asked here, and only when something was raised: a worker may lie."""
    # One at a time: two threads that import torch, or trace, meet half of each other's work, and would call it broken.
    with _ONE_AT_A_TIME:
        return _tries_torchscript()


_ONE_AT_A_TIME = threading.Lock()


@functools.cache
def _tries_torchscript() -> bool:
    try:
        torch_here.load()
        import torch

        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            traced = torch.jit.trace(torch.nn.ReLU(), torch.ones(2), check_trace=False)
            return all(bool((made(-torch.ones(2)) == 0).all()) for made in (traced, torch.jit.script(torch.nn.ReLU())))
    except Exception:
        return False


def made_by(handle: Handle) -> Handle:
    """A model that the student's code has made, if it can be called."""
    nothing = handle.thing.type_name == "NoneType"
    expect.that(
        handle.thing.callable,
        f"{handle} returned {'None' if nothing else f'a {handle.thing.type_name}'}, which cannot be called as a model.",
        mistake="Your function returned None: return the model." if nothing else "Return the TorchScript model itself.",
    )
    # Said before it is called: compiling takes longer than a check may.
    expect.that(
        not handle.is_a("torch._dynamo.eval_frame.OptimizedModule"),
        f"{handle} returned an object of type {handle.thing.type_name}.",
        mistake=COMPILED,
    )
    return handle


def bytes_of(student: Student, made: Handle) -> bytes:
    """TorchScript that the student's code has made, as a file holds it.

    Raises:
        CheckFailed: if it is none.
    """
    data = student.fetch("torchscript_bytes", made).value
    words = f"{made} returned an object of type {made.thing.type_name}."
    expect.that(isinstance(data, bytes), words, mistake=NOT_TORCHSCRIPT)
    return bytes(data)


@check("script_it() keeps both branches of a gate", points=3, explain=MISUSED)
def scripted(student: Student, inputs: Inputs) -> None:
    earlier: list[Gate] = []
    with torchscript():
        for gate in random_gates(inputs, 3):
            model = made_by(student.script_it.new(gate_in_worker(student, gate)))
            bytes_of(student, model)
            for side in inputs.sample(SIDES * 2, 4):
                x = gate.input(inputs, side, inputs.integer(2, 5))
                known = {ONE_BRANCH: gate.branch(other_than(side), x), EARLIER: answers_of(earlier, x)}
                expect.close(model.forward(x), gate(x), mistakes=known)
            earlier.append(gate)


@check("trace_it() records the branch that its example takes", points=2, explain=MISUSED)
def traced(student: Student, inputs: Inputs) -> None:
    earlier: list[Gate] = []
    with torchscript():
        for recorded, gate in zip(inputs.sample(SIDES * 2, 4), random_gates(inputs, 4), strict=True):
            example = gate.input(inputs, recorded, inputs.integer(2, 5))
            model = made_by(student.trace_it.new(gate_in_worker(student, gate), example))
            for side in (recorded, other_than(recorded)):
                x = gate.input(inputs, side, inputs.integer(2, 5))
                sentence = OTHER_BRANCH if side == recorded else FOLLOWS
                known = {sentence: gate.branch(other_than(recorded), x), EARLIER: answers_of(earlier, x)}
                expect.close(model.forward(x), gate.branch(recorded, x), mistakes=known)
            earlier.append(gate)


@check("trace_it() and script_it() return TorchScript", points=1, after=(scripted, traced))
def is_torchscript(student: Student, inputs: Inputs) -> None:
    with torchscript():
        gate = random_gate(inputs)
        model, example = gate_in_worker(student, gate), gate.input(inputs, ABOVE, 3)
        trace, script = student.trace_it.new(model, example), student.script_it.new(model)
        room = student.elsewhere()
        for made in (trace, script):
            data = bytes_of(student, made_by(made))
            # The worker may have been made to say so. Where it has nobody's code, TorchScript alone computes this.
            path = room.place("put_file", "model.ts", data)
            there = room.make("torchscript_in", path, called=f"{made}, saved and loaded elsewhere,")
            for side in SIDES:
                x = gate.input(inputs, side, inputs.integer(2, 5))
                expect.close(there.forward(x), gate.branch(ABOVE if made is trace else side, x))


RUNS = "Return an input on which both run, and disagree."
SAME_SIDE = (
    "On this side of t the recording is right, since its example was on this side: compare the two on an input above t "
    "and on one below."
)
ALIKE = "Both branches give the same numbers for this x: choose one for which x * a and x - b are far apart."


@check("find_divergence() gives an input on which a gate and its trace at an x above t disagree", points=1)
def one_divergence(student: Student, inputs: Inputs) -> None:
    # An easy t: on either side of it lie t + 1 and t - 1, alone or twice. Others are asked for elsewhere.
    gate = diverging_gate(inputs, inputs.choice((-1.25, 1.25)))
    with torchscript():
        model = gate_in_worker(student, gate)
        trace = student.make("recording", model, gate.input(inputs, ABOVE, 3), called="its trace at an example above t")
        expect_divergence(student.find_divergence(model, trace), gate, ABOVE, SAME_SIDE)


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


MODULE = "torch.nn.modules.module.Module"
NOT_A_MODULE = "Derive the class from nn.Module."
BUILDING = {
    "RuntimeError: size of tensor": "PyTorch cannot combine these shapes: x may have any shape, not just one.",
    "AttributeError: before Module.__init__": "Let super().__init__() be the first line of __init__.",
    "AttributeError: 'TraceableGate' object has no attribute": "Does __init__ set every attribute that forward uses?",
}


def traceable_gate(student: Student, gate: Gate) -> Handle:
    """The student's gate with these numbers, in the worker: an nn.Module."""
    made = student.TraceableGate.new(gate.t, gate.a, gate.b)
    expect.that(
        made.is_a(MODULE),
        f"{made} is an object of type {made.thing.type_name}, not an nn.Module.",
        mistake=NOT_A_MODULE,
    )
    return student.make("placed", made, student.device, called=str(made))


@check("TraceableGate computes the same as Gate, above t and below", points=1, explain=BUILDING)
def same_function(student: Student, inputs: Inputs) -> None:
    earlier: list[Gate] = []
    for gate in random_gates(inputs, 2):
        module = traceable_gate(student, gate)
        for side in inputs.sample(SIDES, 2):
            x = telling_input(inputs, gate, side, inputs.integer(3, 5))
            expect.close(module.forward(x), gate(x), mistakes=mistakes_at(gate, x, earlier))
        earlier.append(gate)
