"""Hidden checks of lab20: batches of any size, files in strange hands, and decisions that stay."""

from __future__ import annotations

from grader import Inputs, Student, StudentRaised, check, expect

from .checks import ATOL, BUILDING, NO_FILE, NOT_OURS, REFUSED, RTOL, branch_free, elsewhere, opened, refusals, saved
from .gates import random_gates
from .networks import random_network

STATIC = "The example's number of rows was frozen: declare dimension 0 dynamic, dynamic_shapes=({0: Dim(…)},)."
TOO_FEW = "Small batches are shut out, and one row is a batch, too: leave the range of the dimension open below."
TOO_MANY = "Large batches are shut out: leave the range of the dimension open above."
ONE_ROW = "A size of 1 is a constant to PyTorch: export with at least two rows, if need be with the one row twice."
DROPS = (
    "The same batch twice has two answers: a Dropout was exported in train mode. Call model.eval() before you export."
)
HALF = "Half a model was exported: torch.export.export raises where a branch hangs on numbers. Let it."
DECIDED = (
    "An `if`, a bool() or an item() asks for numbers, and there are none while a model is exported. Compute both "
    "branches and let torch.where choose, or hand both to torch.cond."
)
ASKS_FOR_NUMBERS = {"GuardOnDataDependentSymNode": DECIDED, "Unsupported": DECIDED, "TypeError: Sym": DECIDED}


@check("a program takes batches of any size", points=2, after="known_batch", explain=REFUSED)
def any_size(student: Student, inputs: Inputs) -> None:
    network, rows = random_network(inputs, 3, 2), inputs.integer(4, 6)
    made = student.export.new(network.placed(student), network.batch(inputs, rows))
    program = elsewhere(student.elsewhere(), student, made)
    sizes = (rows, rows + 1, rows - 1, inputs.integer(30, 300), 2, 1)
    refused = refusals(program, network, inputs, sizes)
    if not refused:
        return
    sentence = None
    if set(refused) == set(sizes) - {rows}:
        sentence = STATIC
    elif max(refused) < rows:
        sentence = TOO_FEW
    elif min(refused) > rows:
        sentence = TOO_MANY
    met = next(iter(refused.values()))
    raise StudentRaised(met.raised, met.question, sentence)


@check("an example of one row will do", points=1, after="any_size", explain=REFUSED)
def one_row(student: Student, inputs: Inputs) -> None:
    network = random_network(inputs, 4)
    model = network.placed(student)
    with expect.explained({"": ONE_ROW}):  # with more rows it worked: whatever is raised here is about the one
        made = student.export.new(model, network.batch(inputs, 1))
    program = elsewhere(student.elsewhere(), student, made)
    refused = refusals(program, network, inputs, (1, 2, inputs.integer(3, 9)))
    if refused:
        met = next(iter(refused.values()))
        raise StudentRaised(met.raised, met.question, None if 1 in refused else ONE_ROW)


@check("a program is in eval mode", points=1, after="known_batch", explain=REFUSED)
def eval_mode(student: Student, inputs: Inputs) -> None:
    network = random_network(inputs, 4, drops=True)
    made = student.export.new(network.placed(student), network.batch(inputs, 4))
    program = elsewhere(student.elsewhere(), student, made)
    x = network.batch(inputs, 4)
    first, again = program.forward(x), program.forward(x).value
    expect.close(
        first,
        network(x),
        rtol=RTOL,
        atol=ATOL,
        mistakes={DROPS: lambda got: bool((got.array != again.array).any())},
    )


@check("a file has all that it takes, without your code", points=1, after=("any_size", "round_trip"), explain=NO_FILE)
def without_code(student: Student, inputs: Inputs) -> None:
    network, name = random_network(inputs, 3), f"program-{inputs.integer(100, 999)}.pt2"
    data = saved(student, network, network.batch(inputs, 3), name)
    with expect.explained({"": NOT_OURS}):
        program = opened(student.elsewhere(), data, f"the program in {name}")
    for rows in (3, inputs.integer(4, 9)):
        x = network.batch(inputs, rows)
        expect.close(program.forward(x), network(x), rtol=RTOL, atol=ATOL)


@check("export() exports no half of a model", points=1, after="known_batch")
def no_half(student: Student, inputs: Inputs) -> None:
    (gate,) = random_gates(inputs, 1)
    recorded = inputs.choice((True, False))
    example, other = (gate.telling_input(inputs, above, 3, 3) for above in (recorded, not recorded))
    try:
        made = student.export.new(gate.in_python(student), example)
    except StudentRaised as met:
        if "NotImplementedError" in met.raised.bases:
            raise
        return  # as it should
    program = elsewhere(student.elsewhere(), student, made)
    expect.close(program.forward(example), gate(example))
    with expect.explained({"": HALF}):
        expect.close(program.forward(other), gate(other), mistakes={HALF: gate.branch(recorded, other)})


@check(
    "BranchFree computes what Gate does once it is exported",
    points=1,
    after="same_function",
    explain={**BUILDING, **ASKS_FOR_NUMBERS},
)
def exported_gate(student: Student, inputs: Inputs) -> None:
    (gate,) = random_gates(inputs, 1)
    module = branch_free(student, (gate.t, gate.a, gate.b))
    example = gate.telling_input(inputs, inputs.choice((True, False)), 3, 3)
    made = student.make("exported", module, example, called=f"torch.export.export({module}, …)")
    program = elsewhere(student.elsewhere(), student, made)
    for above, rows in inputs.sample(((True, 2), (True, 4), (False, 2), (False, 4)), 4):
        x = gate.telling_input(inputs, above, rows, 3)
        expect.close(program.forward(x), gate(x), mistakes=gate.mistakes(x))
    x = gate.at_the_border(inputs)
    expect.close(program.forward(x), gate(x), mistakes=gate.mistakes(x))
