"""Public checks of ex12: a gate, scripted and traced. Truth is NumPy's; what each way keeps of a branch is known."""

from __future__ import annotations

import contextlib
import functools
import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from grader import Handle, Inputs, Student, StudentRaised, check, difference, expect

Array = np.ndarray[Any, Any]

ABOVE, BELOW = "above", "below"
SIDES = (ABOVE, BELOW)
LACKING = "The torch of this machine has no TorchScript that works, so tracing and scripting cannot be tried."

ONE_BRANCH = "Only one branch is there: that is a recording. torch.jit.script compiles the source, with both branches."
FOLLOWS = (
    "This takes both branches, and a recording knows only the one that its example took: trace the model with "
    "torch.jit.trace."
)
OTHER_BRANCH = "This is the branch that the example did not take: trace with the example that you were given."
MISUSED = {
    "RuntimeError": "These models can be compiled, and recorded, as they are: give torch.jit.script the model itself, "
    "not its class or forward, and torch.jit.trace the model and the example.",
    "TraceError": "torch.fx cannot follow an `if` on a tensor: torch.jit.script reads the source, and keeps it.",
}
EARLIER = "This is what an earlier model would answer: make a new one in every call."
COMPILED = (
    "torch.compile is what comes after TorchScript, but no TorchScript: use torch.jit.trace and torch.jit.script here."
)
NOT_TORCHSCRIPT = "That is not TorchScript: hand back what torch.jit.trace and torch.jit.script give."


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


def random_gate(inputs: Inputs, t: float | None = None) -> Gate:
    """A gate whose branches are unlike: a and b are of other sizes. t, if none is given, is not near 0."""
    a, b = inputs.sample((inputs.integer(12, 18) / 10, inputs.integer(24, 30) / 10), 2)
    drawn, a, b = (inputs.choice((-1, 1)) * number for number in (inputs.integer(4, 9) / 4, a, b))
    return Gate(drawn if t is None else t, a, b)


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


@functools.cache
def torchscript_works() -> bool:
    """Whether our own torch traces and scripts. Asked here, and only when something was raised: a worker may lie."""
    try:
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
        mistake="Hand the model back with `return`." if nothing else "Hand back the TorchScript model itself.",
    )
    # Said before it is called: compiling takes longer than a check may.
    expect.that(
        not handle.is_a("torch._dynamo.eval_frame.OptimizedModule"),
        f"{handle} returned an object of type {handle.thing.type_name}.",
        mistake=COMPILED,
    )
    return handle


@check("script_it() keeps both branches of a gate", points=3, explain=MISUSED)
def scripted(student: Student, inputs: Inputs) -> None:
    earlier: list[Gate] = []
    with torchscript():
        for _ in range(3):
            gate = random_gate(inputs)
            model = made_by(student.script_it.new(gate_in_worker(student, gate)))
            for side in inputs.sample(SIDES * 2, 4):
                x = gate.input(inputs, side, inputs.integer(2, 5))
                known = {ONE_BRANCH: gate.branch(other_than(side), x), EARLIER: answers_of(earlier, x)}
                expect.close(model.forward(x), gate(x), mistakes=known)
            earlier.append(gate)


def answers_of(gates: list[Gate], x: Array) -> Any:
    """A predicate: whether an answer is what one of these gates gives, on either branch."""
    outcomes = [gate.branch(side, x) for gate in gates for side in SIDES]
    return lambda got: any(difference(got, outcome) is None for outcome in outcomes)


@check("trace_it() records the branch that its example takes", points=2, explain=MISUSED)
def traced(student: Student, inputs: Inputs) -> None:
    earlier: list[Gate] = []
    with torchscript():
        for recorded in inputs.sample(SIDES * 2, 4):
            gate = random_gate(inputs)
            example = gate.input(inputs, recorded, inputs.integer(2, 5))
            model = made_by(student.trace_it.new(gate_in_worker(student, gate), example))
            for side in (recorded, other_than(recorded)):
                x = gate.input(inputs, side, inputs.integer(2, 5))
                sentence = OTHER_BRANCH if side == recorded else FOLLOWS
                known = {sentence: gate.branch(other_than(recorded), x), EARLIER: answers_of(earlier, x)}
                expect.close(model.forward(x), gate.branch(recorded, x), mistakes=known)
            earlier.append(gate)


@check("what trace_it() and script_it() give is TorchScript", points=1, after=(scripted, traced), kind="W")
def is_torchscript(student: Student, inputs: Inputs) -> None:
    with torchscript():
        gate = random_gate(inputs)
        model, example = gate_in_worker(student, gate), gate.input(inputs, ABOVE, 3)
        for made in (student.trace_it.new(model, example), student.script_it.new(model)):
            expect.that(
                student.probe("is_torchscript", made_by(made)).value is True,
                f"{made} returned an object of type {made.thing.type_name}.",
                mistake=NOT_TORCHSCRIPT,
            )
