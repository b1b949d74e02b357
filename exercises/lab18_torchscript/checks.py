"""Public checks of lab18: TorchScript, asked where none of the student's code runs. Files are opened in workers."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from grader import Handle, Inputs, Room, Student, check, expect

from .networks import Network, random_network
from .truths import Array, halver_input, halvings

RTOL, ATOL = 1e-3, 1e-4
LACKING = "The torch of this machine has no TorchScript that works, so it cannot be tried."

KINDS = {
    "builtins.NoneType": "Your function returned None: hand the module back with `return`.",
    "torch.nn.modules.module.Module": "That is a model as before: torch.jit makes TorchScript of it.",
    "builtins.dict": "Those are the weights without their code: TorchScript is both.",
}
"""Class → what to say of an object of it; the first that fits."""
PARTS_OF_PYTHON = {
    "UnsupportedNodeError": "TorchScript knows a part of Python only: no match, no lambda, no import in forward. Use "
    "if, while and for.",
    "NotSupportedError": "TorchScript wants to know how many arguments there are: no *args and no **kwargs in forward.",
    "RuntimeError: called recursively": "TorchScript has no recursion: a method cannot call itself. Use a loop.",
    "RuntimeError: does not return along all paths": "TorchScript does not see that a loop never ends: put a `return` "
    "behind it.",
}
WITH_JIT = "torch.jit.save writes TorchScript and torch.jit.load reads it: torch.save and torch.load are for data."
NO_FILE = {
    **dict.fromkeys(
        ("FileNotFoundError", "ValueError: does not exist"),
        "The file is not there: write the module into `path`, the very name that you are given.",
    ),
    "KeyError": "The file must hold it all: what your program remembers is gone in another process.",
    **dict.fromkeys(
        (
            "RuntimeError: weights_only",
            "RuntimeError: serialize object",
            "RuntimeError: PytorchStreamReader",
            "UnpicklingError",
            "PicklingError",
        ),
        WITH_JIT,
    ),
}
PARAMETERS_LEFT = (
    "Parameters are left: torch.jit.optimize_for_inference folds them in, and hands a new module back, which is to be "
    "returned."
)
FREEZE_IN_TRAIN_MODE = {"RuntimeError: in eval mode": "Only a module in eval mode can be frozen: ts.eval() first."}

MODULE = "torch.nn.modules.module.Module"
NOT_A_MODULE = "Derive the class from nn.Module."
BUILDING = {"AttributeError: object has no attribute": "Is all that forward uses set in __init__?"}
ONE_BY_ONE = "All of x is halved as often as its largest number asks for; here each number is halved for itself."
ONCE = "x was halved once: go on until nothing is beyond the limit."
AT_THE_LIMIT = "A number that is the limit is not larger than it: stop there."
TOO_OFTEN = "x was halved once too often: what is within the limit stays as it is."


def torchscript_room(student: Student) -> Room:
    """A worker where none of the student's code runs, and where TorchScript works.

    Raises:
        NotGradable: if this torch has none.
    """
    room = student.elsewhere()
    kept = student.findings.kept
    if "torchscript works" not in kept:  # asked once for all checks
        kept["torchscript works"] = room.probe("torchscript_works").value is True
    expect.gradable(kept["torchscript works"], LACKING)
    return room


def elsewhere(room: Room, student: Student, made: Handle) -> Handle:
    """The TorchScript that the student's code has made, in a worker where none of that code runs."""
    data = student.fetch("torchscript_bytes", made).value
    expect.that(
        isinstance(data, bytes),
        f"{made} returned an object of type {made.thing.type_name}; expected a torch.jit.ScriptModule.",
        mistake=next((sentence for base, sentence in KINDS.items() if made.is_a(base)), None),
    )
    return opened(room, data, str(made))


def opened(room: Room, data: object, called: str) -> Handle:
    """The TorchScript in a file with these bytes, in that worker."""
    return room.make("torchscript_in", room.place("put_file", "model.ts", data), called=called)


def expect_same(module: Handle, network: Network, inputs: Inputs, sizes: Sequence[int]) -> None:
    """The module computes what the network does, for batches of these sizes."""
    for rows in sizes:
        x = network.batch(inputs, rows)
        expect.close(module.forward(x), network(x), rtol=RTOL, atol=ATOL)


@check("to_torchscript() gives TorchScript that computes what the model does", points=1, explain=PARTS_OF_PYTHON)
def known_model(student: Student, inputs: Inputs) -> None:
    room = torchscript_room(student)
    for shape in ((4,), (2, 3)):
        network = random_network(inputs, *shape)
        made = student.to_torchscript.new(network.placed(student), network.batch(inputs, 5))
        expect_same(elsewhere(room, student, made), network, inputs, (5, 1, inputs.integer(6, 20)))


@check(
    "load_ts() gives in a fresh process what save_ts() has saved",
    points=1,
    explain={**PARTS_OF_PYTHON, **NO_FILE},
)
def round_trip(student: Student, inputs: Inputs) -> None:
    torchscript_room(student)
    network = random_network(inputs, 4)
    data = saved(student, network, "a-model.ts")
    student.restart()
    module = student.load_ts.new(student.place("put_file", "a-model.ts", data))
    expect.that(
        module.thing.callable,
        f"{module} returned an object of type {module.thing.type_name}, which cannot be called as a model.",
        mistake=next((sentence for base, sentence in KINDS.items() if module.is_a(base)), None),
    )
    expect_same(module, network, inputs, (5, 2))


def saved(student: Student, network: Network, name: str) -> object:
    """What a file holds into which save_ts() has written TorchScript of a network. It is not looked at on this side.

    The TorchScript is ours: saving is asked about here, and nothing else.
    """
    path = f"{student.place('home')}/{name}"
    student.save_ts(student.make("scripted", network.placed(student), called="ts"), path)
    return student.fetch("file_bytes", path).value


@check("optimized() computes the same, with nothing left to train", points=1, explain=FREEZE_IN_TRAIN_MODE)
def same_optimized(student: Student, inputs: Inputs) -> None:
    room = torchscript_room(student)
    for shape in ((4,), (3, 2)):
        network = random_network(inputs, *shape)
        ts = student.make("scripted", network.placed(student), training=True, called="ts")
        made = student.optimized.new(ts)
        module = elsewhere(room, student, made)
        expect_same(module, network, inputs, (4, inputs.integer(5, 20)))
        left = room.probe("parameter_count", module).value
        expect.that(left == 0, f"{made} has {left} parameters; expected none.", mistake=PARAMETERS_LEFT)


def halver(student: Student, limit: float) -> Handle:
    """The student's module with this limit."""
    module = student.Halver.new(limit)
    expect.that(
        module.is_a(MODULE),
        f"{module} is an object of type {module.thing.type_name}, not an nn.Module.",
        mistake=NOT_A_MODULE,
    )
    return module


def expect_halved(module: Handle, x: Array, limit: float, mistakes: dict[str, object] | None = None) -> None:
    """The module halves x as often as Halver(limit) does."""
    times = halvings(x, limit)
    each = np.maximum(np.ceil(np.log2(np.abs(x) / limit)), 0)
    known = {**(mistakes or {}), TOO_OFTEN: x / 2 ** (times + 1)}
    if times > 1:
        known[ONCE] = x / 2
    if times > 0:
        known[ONE_BY_ONE] = (x / 2**each).astype("float32")
    expect.close(module.forward(x), x / np.float32(2**times), mistakes=known)


@check("Halver halves all of x until it is within the limit", points=1, kind="W", explain=BUILDING)
def halves(student: Student, inputs: Inputs) -> None:
    torchscript_room(student)
    for limit in (inputs.number(0.5, 0.9), inputs.number(1.1, 3)):
        module = halver(student, limit)
        for times in inputs.sample((0, 1, 3, 5), 4):
            expect_halved(module, halver_input(inputs, limit, times), limit)
    # Numbers that are halved without rounding, until one of them is the limit itself.
    limit, times = inputs.choice((0.75, 1.25, 2.5)), inputs.integer(1, 3)
    x = halver_input(inputs, limit, times)
    x[np.unravel_index(np.abs(x).argmax(), x.shape)] = limit * 2**times * inputs.choice((-1, 1))
    expect_halved(halver(student, limit), x, limit, {AT_THE_LIMIT: x / 2 ** (times + 1)})
