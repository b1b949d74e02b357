"""Public checks of ex07: a linear model is trained as it should be, and the order of the steps.

Loops are graded by replay (see `grader/checks/training_loops.py`): whoever leads where the right loop leads
is right.
"""

from __future__ import annotations

import ast
import itertools
from collections.abc import Mapping
from typing import Any

# Imported while the sandbox imports its own: the replay runs here.
import torch._dynamo  # noqa: F401

from grader import Answer, Inputs, Student, check, expect, show, training_loops

EPOCHS = 3
SIZES = (4, 5, 3, 2)
"""Rows of the batches: the last one is smaller, as a loader's often is."""
LINEAR = (("Linear", 3, 2),)
DEEP = (("Linear", 4, 6), ("BatchNorm1d", 6), ("ReLU",), ("Linear", 6, 3))
ONCE = "Call backward() once for each batch, on that batch's loss: after it the batch's graph is gone."
STEP_LATER = "step() changes weights that backward() still needs: backward() first, then step()."
RAISES = {
    "RuntimeError: a second time": ONCE,
    "RuntimeError: modified by an inplace operation": STEP_LATER,
}
KNOWN = {
    **training_loops.BAD_HABITS,
    training_loops.TARGETS_FIRST: training_loops.Habits(loss_of=training_loops.targets_first),
}
LOSSES = ("MSELoss", "BCEWithLogitsLoss")
"""The second tells an output from a target, so that the wrong way round shows; targets may be any numbers."""
NAMES = ["get_batch", "move", "forward", "loss", "backward", "step", "zero_grad"]


def habits_of(student: Student) -> Mapping[str, training_loops.Habits]:
    """The bad habits to look for: a model that did not move may also have had its gradients erased."""
    if not _erases_before_stepping(student.syntax(words=True)):
        return KNOWN
    return {training_loops.ZERO_BEFORE_STEP: training_loops.Habits(zero="before the step"), **KNOWN}


def _erases_before_stepping(tree: ast.Module) -> bool:
    """Whether zero_grad stands between backward and step, as one reads. It only chooses between two sentences."""
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)]
    order = [
        call.func.attr for call in sorted(calls, key=lambda call: call.lineno) if isinstance(call.func, ast.Attribute)
    ]
    steps = [name for name in order if name in ("backward", "zero_grad", "step")]
    return any(steps[i : i + 3] == ["backward", "zero_grad", "step"] for i in range(len(steps)))


def linear_setup(inputs: Inputs, loss: str = "MSELoss") -> training_loops.Setup:
    """A linear model and plain SGD."""
    state = training_loops.initial_state(inputs, LINEAR)
    batches = training_loops.batches_of(inputs, SIZES, 3, 2)
    return training_loops.Setup(LINEAR, state, "SGD", {"lr": 0.1}, loss, batches, EPOCHS)


def deep_setup(inputs: Inputs, loss: str = "MSELoss", *, training: bool = True) -> training_loops.Setup:
    """A deeper model with BatchNorm, and SGD with momentum."""
    state = training_loops.initial_state(inputs, DEEP)
    batches = training_loops.batches_of(inputs, SIZES, 4, 3)
    options = {"lr": 0.05, "momentum": 0.9}
    return training_loops.Setup(DEEP, state, "SGD", options, loss, batches, EPOCHS, training=training)


def train(student: Student, setup: training_loops.Setup) -> Answer:
    """Let the student's loop run on a setup, and compare the model with where good habits lead; the losses."""
    model, optimizer, criterion, batches = training_loops.objects_of(student, setup)
    answer = student.train(model, optimizer, criterion, batches, setup.epochs, student.device)
    training_loops.expect_same_path(student, model, answer.question, setup, habits_of(student))
    return answer


@check("train() trains a linear model as three correct epochs do", points=4, explain=RAISES)
def linear_model(student: Student, inputs: Inputs) -> None:
    for loss in LOSSES:
        train(student, linear_setup(inputs, loss))


NOT_MOVED = "Move both X and y to the device that you were given: X, y = X.to(device), y.to(device)."


@check("train() moves every batch to the model's device", points=1, kind="W", after=linear_model)
def moves(student: Student, inputs: Inputs) -> None:
    places = student.probe("places", student.train.get().value, inputs.normal(4, 3), inputs.normal(4, 2)).value
    expect.that(isinstance(places, dict), f"The batches were at {show(places)}; expected a device.")
    for name, found in places.items():
        expect.that(
            set(found) <= {"meta"},
            f"The model was on the device meta, and {name}, when it was used, on {', '.join(sorted(set(found)))}.",
            mistake=NOT_MOVED,
        )


@check("STEPS is an order that works", points=2)
def steps(student: Student, inputs: Inputs) -> None:
    answer = student.STEPS.get()
    found: Any = list(answer.value) if isinstance(answer.value, list | tuple) else answer.value
    expect.that(
        isinstance(found, list) and sorted(map(str, found)) == sorted(NAMES),
        f"STEPS is {show(answer.value)}; expected the seven names, each once: {', '.join(sorted(NAMES))}.",
        mistake="STEPS is still empty: put the seven names into it." if found in ([], ()) else None,
    )
    place = {name: found.index(name) for name in NAMES}
    chain = NAMES[:-1]
    for before, after in itertools.pairwise(chain):
        expect.that(
            place[before] < place[after],
            f"In STEPS, {after} comes before {before}.",
            mistake=ORDER[after],
        )
    expect.that(
        not place["backward"] < place["zero_grad"] < place["step"],
        "In STEPS, zero_grad stands between backward and step.",
        mistake=training_loops.ZERO_BEFORE_STEP,
    )


ORDER = {
    "move": "There is nothing to move before the batch is fetched.",
    "forward": "The model and its input must be on the same device: move the batch before the forward pass.",
    "loss": "The loss compares the model's output with the targets, so the forward pass comes before it.",
    "backward": "backward() starts at the loss, so the loss comes before it.",
    "step": "step() uses the gradients that backward() computes, so backward comes before it.",
}
"""Step → why it cannot come earlier."""
