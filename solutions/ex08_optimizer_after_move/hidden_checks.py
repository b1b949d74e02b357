"""Hidden checks of ex08: a device that replaces parameters, an optimizer that allocates at once, and broken pairs."""

from __future__ import annotations

import ast
from typing import Any

from grader import Inputs, Student, check, expect, training_loops

from .checks import (
    COMPARING,
    LAYERS,
    MOVE_FIRST,
    NAME_THE_BROKEN,
    built,
    expect_looked,
    expect_named,
    expect_steps,
    is_a_list_of_names,
    steps,
    whose,
)

NOT_MOVED = "The model itself must be moved: model.to(device=device, dtype=dtype)."


@check("build() gives the optimizer the model's own parameters on another device", points=3, kind="W")
def other_device(student: Student, inputs: Inputs) -> None:
    devices = ["meta"] if student.device == "cpu" else [student.device, "meta"]
    for device in devices:
        for optimizer in ("SGD", "Adam"):
            pair, looks = built(
                student, training_loops.initial_state(inputs, LAYERS), optimizer, {"lr": 0.1}, device, "float32"
            )
            kind = device.split(":")[0]
            expect.that(
                looks.get("devices") == [kind],
                f"{pair} gave a model on {', '.join(map(str, looks.get('devices', [])))}; expected {kind}.",
                mistake=NOT_MOVED,
            )
            expect.that(
                looks.get("same") is True,
                f"In {pair}, the optimizer's parameters are not those of the model.",
                mistake=whose(looks),
            )
            expect_moved_first(student, str(pair), kind)


def expect_moved_first(student: Student, pair: str, kind: str) -> None:
    """The source bears it: some of what it does with the device comes before the last optimizer is made, or inside."""
    reading = student.reading("build")
    reading.expect(reading.fates(2) != set(), f"{pair} was seen to give a model on {kind}")
    maker, device = reading.takes(1), reading.takes(2)
    if maker is None or device is None or not (made := reading.calls(maker)):
        return
    uses = [node for node in reading.nodes if isinstance(node, ast.Name) and node.id == device]
    last = max(made, key=lambda call: call.lineno)
    first = any(use.lineno <= last.lineno for use in uses) or any(use in ast.walk(last) for use in uses)
    reading.expect(first, f"In {pair}, the optimizer was seen to have the parameters of the moved model")


@check("build() gives the optimizer's own numbers the model's dtype", points=2, after="drives_the_model")
def other_dtype(student: Student, inputs: Inputs) -> None:
    if student.device == "mps":
        expect.gradable(False, "MPS has no float64.")
    state = {name: value.astype("float64") for name, value in training_loops.initial_state(inputs, LAYERS).items()}
    single = {name: value.astype("float32") for name, value in state.items()}
    batches = tuple(
        (x.astype("float64"), y.astype("float64")) for x, y in training_loops.batches_of(inputs, (5, 4, 3), 4, 3)
    )
    # A number that float32 holds exactly: numbers made too early and then re-cast are as good as new ones.
    options = {"lr": 0.1, "initial_accumulator_value": inputs.integer(100, 900) / 1024}
    pair, looks = built(student, single, "Adagrad", options, student.device, "float64")
    expect.that(
        looks.get("dtypes") == ["float64"],
        f"{pair} gave a model with parameters of {', '.join(map(str, looks.get('dtypes', [])))}; expected float64.",
        mistake=NOT_MOVED,
    )
    expect.that(
        looks.get("fits") is True,
        f"In {pair}, Adagrad keeps float32 numbers for float64 parameters.",
        mistake=MOVE_FIRST,
    )
    # In float64 to twelve digits: whatever was rounded to float32 on the way shows.
    right = steps(single, "Adagrad", options, batches)
    expect_steps(student, pair, right, batches, rtol=1e-11, atol=1e-12)


HEALTHY = "Nothing is wrong in this pair: "
PLAIN = "an optimizer may keep plain numbers, too (LBFGS does), which have no shape or dtype; look only at its tensors."
SENTENCES = {
    "healthy, in groups": HEALTHY + "look in all of optimizer.param_groups, not only in the first.",
    "healthy, after a step in float64": HEALTHY
    + "Adam's counter has no dimensions and is always float32; look only at "
    "tensors of the parameter's shape.",
    "healthy, with plain numbers": HEALTHY + PLAIN,
    "replaced": "The values are equal, the objects differ: compare identities (id, or `is`), not values or names.",
    "left out": "A parameter that is in no group of the optimizer is never updated.",
    "other dtype": "Adagrad keeps a tensor for each parameter from the start: it has the old dtype. Look into "
    "optimizer.state[parameter].",
    "other device": "What Adagrad keeps for a parameter must be on the parameter's device: compare the devices, too.",
}
OPTIMIZERS: dict[str, tuple[str, dict[str, Any]]] = {
    "healthy, after a step in float64": ("Adam", {"lr": 0.01}),
    "other dtype": ("Adagrad", {"lr": 0.1}),
    "other device": ("Adagrad", {"lr": 0.1}),
}


@check(
    "untracked() names parameters that the optimizer lacks, or keeps numbers for in the wrong dtype or place",
    points=2,
    after="easy_pairs",
    explain=COMPARING | {"AttributeError: 'int' object": PLAIN[0].upper() + PLAIN[1:]},
    kind="W",  # the pairs are broken in the worker, which therefore knows what is wrong with them
)
def broken_pairs(student: Student, inputs: Inputs) -> None:
    for how, sentence in SENTENCES.items():
        for _ in range(2):
            sizes = inputs.integers(4, 2, 9)
            names = [f"{layer}.{kind}" for layer in range(len(sizes) - 1) for kind in ("weight", "bias")]
            some = sorted(inputs.sample(names, inputs.integer(1, 4)))
            broken = [] if how.startswith("healthy") else some
            optimizer, options = OPTIMIZERS.get(how, ("SGD", {"lr": 0.1}))
            pair = student.make("suspect", sizes, optimizer, options, broken, how)
            known: dict[str, Any] = {NAME_THE_BROKEN: set(names)} if 0 < len(broken) < len(names) else {}
            expect_named(student, pair, f"{optimizer}, {how}", set(broken), known | {sentence: is_a_list_of_names})
    expect_looked(student, "state")
