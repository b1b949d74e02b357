"""Hidden checks of lab18: branches and loops that stay, Dropout, and files in strange hands."""

from __future__ import annotations

from typing import Any

from grader import Inputs, Student, check, expect

from .checks import (
    ATOL,
    BUILDING,
    NO_FILE,
    PARTS_OF_PYTHON,
    RTOL,
    WITH_JIT,
    elsewhere,
    expect_halved,
    expect_same,
    halver,
    opened,
    saved,
    torchscript_room,
)
from .networks import random_network
from .truths import branch, folded, gate_input, gated, halver_input, halvings

ONE_BRANCH = "Only the example's branch was recorded: torch.jit.script compiles the source, with both branches."
UNROLLED = "This goes through {} of {} rows: a trace has a loop as often as its example went round, a script any time."
RECORDED = "A Dropout was recorded in train mode, and eval() does not remove it: call model.eval() before tracing."
TRAINING = "The module is in train mode, so that Dropout drops: call eval() before you hand it back."
RECORDED_TIMES = "It was halved as often as the example: a trace has no `while`, torch.jit.script keeps it."


@check("both branches of a model are there", points=2, after="known_model", explain=PARTS_OF_PYTHON)
def both_branches(student: Student, inputs: Inputs) -> None:
    room = torchscript_room(student)
    for recorded in (True, False):
        t, a, b = inputs.number(-2, 2), inputs.number(1.5, 3), inputs.number(4, 9)
        gate = student.make("gate", t, a, b, called=f"Gate({t:g}, {a:g}, {b:g})")
        made = student.to_torchscript.new(gate, gate_input(inputs, t, recorded))
        module = elsewhere(room, student, made)
        for above in inputs.sample((True, False) * 2, 4):
            x = gate_input(inputs, t, above)
            known = {} if above == recorded else {ONE_BRANCH: branch(x, recorded, a, b)}
            expect.close(module.forward(x), gated(x, t, a, b), mistakes=known)


@check("a loop over rows goes through any number of them", points=1, after="known_model", explain=PARTS_OF_PYTHON)
def any_length(student: Student, inputs: Inputs) -> None:
    room = torchscript_room(student)
    decay, rows = inputs.number(0.4, 0.9), inputs.integer(2, 4)
    model = student.make("row_loop", decay, called=f"RowLoop({decay:g})")
    module = elsewhere(room, student, student.to_torchscript.new(model, inputs.normal(rows, 3)))
    for count in (rows, rows + inputs.integer(1, 4), 1):
        x = inputs.normal(count, 3)
        known = {UNROLLED.format(fewer, count): folded(x[:fewer], decay) for fewer in range(1, count)}
        expect.close(module.forward(x), folded(x, decay), mistakes=known)


@check("Dropout is off", points=1, after="known_model", explain=PARTS_OF_PYTHON)
def eval_mode(student: Student, inputs: Inputs) -> None:
    room = torchscript_room(student)
    network = random_network(inputs, 4, drops=True)
    made = student.to_torchscript.new(network.placed(student), network.batch(inputs, 5))
    module, x = elsewhere(room, student, made), network.batch(inputs, 6)
    answer, again = module.forward(x), module.forward(x).value

    def drops(got: Any) -> bool:
        return bool((got.array != again.array).any())

    def stays_random(got: Any) -> bool:
        return drops(got) and room.probe("is_random_in_eval_mode", module, x).value is True

    mistakes = {RECORDED: stays_random, TRAINING: drops}
    expect.close(answer, network(x), rtol=RTOL, atol=ATOL, mistakes=mistakes)


@check("a file has all that it takes, without your code", points=1, after="round_trip", explain=NO_FILE)
def without_code(student: Student, inputs: Inputs) -> None:
    room = torchscript_room(student)
    for shape in ((3,), (2, 2)):
        network, name = random_network(inputs, *shape), f"model-{inputs.integer(100, 999)}.ts"
        data = saved(student, network, name)
        with expect.explained({"": WITH_JIT}):
            module = opened(room, data, f"the module in {name}")
        expect_same(module, network, inputs, (3, inputs.integer(4, 9)))


@check(
    "Halver halves as TorchScript, too",
    points=1,
    after=("known_model", "halves"),
    explain={**PARTS_OF_PYTHON, **BUILDING},
)
def halver_as_torchscript(student: Student, inputs: Inputs) -> None:
    room = torchscript_room(student)
    for recorded in (0, 2):
        limit = inputs.number(0.5, 2)
        example = halver_input(inputs, limit, recorded)
        module = elsewhere(room, student, student.to_torchscript.new(halver(student, limit), example))
        for times in inputs.sample((0, 1, 3, 6), 4):
            x = halver_input(inputs, limit, times)
            known = {} if times == recorded else {RECORDED_TIMES: x / 2 ** halvings(example, limit)}
            expect_halved(module, x, limit, known)
