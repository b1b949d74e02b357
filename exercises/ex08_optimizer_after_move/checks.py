"""Public checks of ex08: the pair that build() gives learns, and the statement's example of untracked().

Truth is our own pair, taken the same steps.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

# Imported while the sandbox imports its own: the steps are taken here, too.
import torch
import torch._dynamo

from grader import Answer, Handle, Inputs, Student, apparatus, check, expect, training_loops

LAYERS = (("Linear", 4, 6), ("ReLU",), ("Linear", 6, 3))
MOVE_FIRST = "Move the model first, then make the optimizer: the other order works only sometimes, by luck."
OTHER_MODEL = "The optimizer has another model's parameters: give it the parameters of the model that you return."
SOME_ONLY = "The optimizer has only some of the model's parameters: give it all of model.parameters()."


def built(
    student: Student, state: dict[str, Any], optimizer: str, options: dict[str, Any], device: str, dtype: str
) -> tuple[Handle, dict[str, Any]]:
    """The pair that build() gives, still in the worker, and what it looks like there."""
    pair = student.build.new(
        student.make("model_maker", [list(layer) for layer in LAYERS], state, called="make_model"),
        student.make("optimizer_maker", optimizer, options, called="make_optimizer"),
        device,
        student.make("dtype", dtype, called=f"torch.{dtype}"),
    )
    looks: dict[str, Any] = student.glance("anatomy", pair).value
    expect.that(
        looks.get("pair") is True,
        f"{pair} returned {'(optimizer, model)' if looks.get('swapped') else pair.thing.text[:80]}; "
        "expected the pair (model, optimizer).",
        mistake="Return them in this order: return model, optimizer."
        if looks.get("swapped")
        else "Return both: return model, optimizer.",
    )
    return pair, looks


def expect_steps(
    student: Student, pair: Handle, right: dict[str, Any], batches: tuple[training_loops.Batch, ...], **kwargs: Any
) -> None:
    """After a step for each batch the model's state is the right one."""
    found = student.fetch("train_steps", pair, list(batches)).value
    for name, value in right.items():
        got = found.get(name) if isinstance(found, dict) else None
        expect.close(Answer(got, f"the value of {name} after {len(batches)} steps of {pair}"), value, **kwargs)


def steps(
    state: dict[str, Any], optimizer: str, options: dict[str, Any], batches: tuple[training_loops.Batch, ...]
) -> dict[str, Any]:
    """The state after a step for each batch, on our own model, in the dtype of the batches."""
    model = apparatus.model(LAYERS, state).to(torch.from_numpy(batches[0][0]).dtype)
    driver, criterion = apparatus.optimizer(model, optimizer, options), apparatus.criterion("MSELoss")
    for X, y in apparatus.batches(batches):
        driver.zero_grad()
        criterion(model(X), y).backward()
        driver.step()
    return {name: value.numpy() for name, value in model.state_dict().items()}


@check("build() gives a model, and an optimizer that trains it", points=2)
def drives_the_model(student: Student, inputs: Inputs) -> None:
    for _ in range(2):
        state, batches = (
            training_loops.initial_state(inputs, LAYERS),
            training_loops.batches_of(inputs, (5, 4, 3), 4, 3),
        )
        options = {"lr": inputs.number(0.1, 0.3), "momentum": 0.9}
        pair, looks = built(student, state, "SGD", options, student.device, "float32")
        known = {whose(looks): _unmoved(state) if looks.get("driven") != "some" else lambda got: True}
        right = steps(state, "SGD", options, batches)
        expect_steps(student, pair, right, batches, rtol=training_loops.RTOL, atol=training_loops.ATOL, mistakes=known)


def whose(looks: dict[str, Any]) -> str:
    """The sentence for whose parameters the optimizer has, as the worker says."""
    return {"some": SOME_ONLY, "not moved": MOVE_FIRST}.get(str(looks.get("driven")), OTHER_MODEL)


def _unmoved(state: dict[str, Any]) -> Callable[[Any], bool]:
    return lambda got: any(
        got.shape == value.shape and abs(got.array - value).max() < training_loops.ATOL for value in state.values()
    )


NAME_THE_BROKEN = "Name only the parameters that have a problem, not all of the model's."
HEALTHY = "Nothing is wrong in this pair: the optimizer has the model's own parameters, and keeps nothing yet."
MOVED = "to('meta') makes new Parameter objects, so the optimizer has none of the model's parameters."


BY_VALUE = "`in` and == compare tensors by their values: compare identities instead, id(p) or `is`."
TRUTH_OF_A_TENSOR = "`if`, `in` and == look at a tensor's values: compare identities, id(p) or `is`, and ask `is None`."
COMPARING = {
    "RuntimeError: must match the size": BY_VALUE,
    "RuntimeError: Boolean value of Tensor": TRUTH_OF_A_TENSOR,
    "RuntimeError: same device": BY_VALUE,
}


def expect_named(student: Student, pair: Handle, described: str, broken: set[str], known: dict[str, Any]) -> None:
    """untracked() gives just these names for a pair that the worker keeps."""
    model = student.make("first", pair, called="model")
    answer = student.untracked(model, student.make("second", pair, called=f"optimizer: {described}"))
    expect.close(answer, broken, mistakes=known)


def is_a_list_of_names(got: Any) -> bool:
    """Whether this is of the form that was asked for, though not what is true."""
    return isinstance(got, list | tuple | set) and all(isinstance(item, str) for item in got)


@check(
    "untracked() finds nothing in a healthy pair, and every parameter after a move to meta",
    points=1,
    kind="W",
    explain=COMPARING,
)
def easy_pairs(student: Student, inputs: Inputs) -> None:
    sizes = inputs.integers(2, 2, 9)
    for how, broken, sentence in (("healthy", set(), HEALTHY), ("moved to meta", {"0.weight", "0.bias"}, MOVED)):
        pair = student.make("suspect", sizes, "SGD", {"lr": 0.1}, sorted(broken), how)
        expect_named(student, pair, f"SGD, {how}", broken, {sentence: is_a_list_of_names})
    expect_looked(student, "param_groups")


def expect_looked(student: Student, where: str) -> None:
    """The source looks there. The pairs are made in the worker, and whoever takes it over knows which are broken."""
    reading = student.reading("untracked")
    whole = ("vars", "__dict__", "__getstate__")
    reading.expect(
        reading.says(where, "state_dict", *whole), f"untracked() was seen to look at the optimizer's {where}"
    )
