"""Public checks of lab20: programs, asked where none of the student's code runs. Files are opened in workers only."""

from __future__ import annotations

from collections.abc import Sequence

from grader import Handle, Inputs, Room, Student, StudentRaised, check, expect

from .gates import random_gates
from .networks import Network, random_network

RTOL, ATOL = 1e-3, 1e-4

TORCHSCRIPT = "torch.jit is what came before: torch.export.export(model, (example,), …) makes an ExportedProgram."
MODULE_OF = "This is what .module() makes of a program; hand back the program itself, which can be saved."
ITSELF = "That is a model as before: torch.export.export(model, (example,), …) makes an ExportedProgram of it."
NOTHING = "Your function returned None: hand the program back with `return`."
KINDS = {
    "builtins.NoneType": NOTHING,
    "torch.fx.graph_module.GraphModule": MODULE_OF,
    "torch.jit._script.ScriptModule": TORCHSCRIPT,
    "torch.nn.modules.module.Module": ITSELF,
}
"""Class → what to say of an object of it; the first that fits."""
REFUSED = {
    "UserError": "torch.export refuses this: its second argument is a tuple, (example,), and in dynamic_shapes "
    "dimension 0 of that tensor is the only one that may vary.",
    "RuntimeError: ExportedProgram directly": "A program is no function: program.module() is one.",
    "AttributeError: has no attribute 'module'": "run() gets a program, also from load_ep(): hand back the program "
    "itself, not its module.",
    "NotImplementedError: eval() is not supported": "A program has no eval(), its mode is that of the model which was "
    "exported: call model.eval() before you export.",
}
NOT_OURS = "torch.export.save writes such files and torch.export.load reads them, and nothing else does."
NO_FILE = {
    "FileNotFoundError": "The file is not there: write the program into `path`, the very name that you are given.",
    "KeyError": "The file must hold it all: what your program remembers is gone in another process.",
    "TypeError": "An ExportedProgram goes into a file with torch.export.save(program, path), and comes out of it with "
    "torch.export.load(path).",
    **dict.fromkeys(("UnpicklingError", "RuntimeError: PytorchStreamReader", "RuntimeError: deserializing"), NOT_OURS),
}
MODULE = "torch.nn.modules.module.Module"
NOT_A_MODULE = "Derive the class from nn.Module."
BUILDING = {"AttributeError: object has no attribute": "Is all that forward uses set in __init__?"}


def elsewhere(room: Room, student: Student, made: Handle) -> Handle:
    """The program that the student's code has made, in a worker where none of that code runs."""
    data = student.fetch("program_bytes", made).value
    expect.that(
        isinstance(data, bytes),
        f"{made} returned an object of type {made.thing.type_name}; expected a torch.export.ExportedProgram.",
        mistake=next((sentence for base, sentence in KINDS.items() if made.is_a(base)), None),
    )
    return opened(room, data, f"the program of {made}")


def opened(room: Room, data: object, called: str) -> Handle:
    """The program in a file with these bytes, in that worker."""
    return room.make("program_in", room.place("put_file", "program.pt2", data), called=called)


def refusals(program: Handle, network: Network, inputs: Inputs, sizes: Sequence[int]) -> dict[int, StudentRaised]:
    """How many rows the program refuses; where it does not, its answers are right.

    Raises:
        CheckFailed: if one is wrong.
    """
    refused = {}
    for rows in sizes:
        x = network.batch(inputs, rows)
        try:
            answer = program.forward(x)
        except StudentRaised as met:
            refused[rows] = met
        else:
            expect.close(answer, network(x), rtol=RTOL, atol=ATOL)
    return refused


@check("export() makes a program of a model, and run() runs it", points=1, explain=REFUSED)
def known_batch(student: Student, inputs: Inputs) -> None:
    network = random_network(inputs, 4)
    example = network.batch(inputs, 5)
    program = student.export.new(network.placed(student), example)
    there = elsewhere(student.elsewhere(), student, program)
    for x in (example, network.batch(inputs, 5)):
        expect.close(there.forward(x), network(x), rtol=RTOL, atol=ATOL)
        expect.close(student.run(program, x), network(x), rtol=RTOL, atol=ATOL)


@check("load_ep() gives in a fresh process what save_ep() has saved", points=1, explain={**NO_FILE, **REFUSED})
def round_trip(student: Student, inputs: Inputs) -> None:
    network = random_network(inputs, 4)
    data = saved(student, network, network.batch(inputs, 5), "a-program.pt2")
    student.restart()
    program = student.load_ep.new(student.place("put_file", "a-program.pt2", data))
    x = network.batch(inputs, 5)
    expect.close(student.run(program, x), network(x), rtol=RTOL, atol=ATOL)


def saved(student: Student, network: Network, example: object, name: str) -> object:
    """What a file holds into which save_ep() has written the program of a network. It is not looked at on this side."""
    path = f"{student.place('home')}/{name}"
    student.save_ep(student.export.new(network.placed(student), example), path)
    return student.fetch("file_bytes", path).value


def branch_free(student: Student, numbers: Sequence[float]) -> Handle:
    """The student's module with these numbers."""
    module = student.BranchFree.new(*numbers)
    expect.that(
        module.is_a(MODULE),
        f"{module} is an object of type {module.thing.type_name}, not an nn.Module.",
        mistake=NOT_A_MODULE,
    )
    return module


@check("BranchFree computes what Gate does, above t and below", points=1, kind="W", explain=BUILDING)
def same_function(student: Student, inputs: Inputs) -> None:
    for gate in random_gates(inputs, 2):
        module = branch_free(student, (gate.t, gate.a, gate.b))
        for above in inputs.sample((True, False), 2):
            x = gate.telling_input(inputs, above, inputs.integer(2, 3), 3)
            expect.close(module.forward(x), gate(x), mistakes=gate.mistakes(x))
