"""Public checks of lab05: both models, with weights that are sent; the loop, by replay; predictions.

Loops are graded by where they lead (see `grader/checks/training_loops.py`), outputs by NumPy's in float64.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations
from typing import Any

import numpy as np

# Imported while the sandbox imports its own: the replay runs here.
import torch._dynamo

from grader import (
    Answer,
    Handle,
    Inputs,
    Student,
    Tensor,
    apparatus,
    check,
    difference,
    expect,
    show,
    training_loops,
)

from .mlp import BELOW_ZERO, Array, mistaken_outputs, mlp

Habits = training_loops.Habits

MODULE = "torch.nn.modules.module.Module"
ROWS = 16
ATOL = 1e-4
TELLING = 0.02
"""How far apart, at least, the right output and each mistake's are on a batch."""

NO_MODULE = "Return a module from torch.nn, or an instance of a subclass of nn.Module."
ONE_ROW = (
    "nn.Linear stores one row per neuron: with one output the weight has the shape (1, d), so out_features must be 1."
)
NO_BIAS = "The bias is missing: keep bias=True, which is the default."
IN_A_LIST = (
    "parameters() misses your layers: nn.Module does not look into Python lists and dicts. Assign each layer to self, "
    "or use nn.Sequential or nn.ModuleList."
)
NEW_EACH_CALL = "forward() creates new random layers in each call, so nothing is ever learned: create them in __init__."
FIXED_SIZES = "Your layers always have the sizes 50 and 40: use h1 and h2, for which these are only the defaults."
TOO_FEW = "A layer is missing: use three, n_in to h1, h1 to h2, and h2 to the output."
TOO_MANY = "There are too many layers: use three, n_in to h1, h1 to h2, and h2 to the output."
FLAT = "Keep the second dimension: the shape is (n, 1), one row per sample and one column for the output."

STILL = (
    "The model did not change: after backward(), call step() on the optimizer that you were given, and clear the "
    "gradients only after that."
)
SECOND_STILL = (
    "This model did not change, although the previous one did: use the model and the optimizer of this call, not those "
    "of an earlier one."
)
NO_ZERO = "Gradients add up over the epochs: clear them in every epoch, with optimizer.zero_grad()."
NEW_OPTIMIZER = (
    "The optimizer lost its averages: use the one that you were given, instead of creating a new one in each epoch."
)
ONCE = "You took only one step: take one in each of the n_epochs epochs."
BAD: dict[str, training_loops.Habits] = {
    STILL: Habits(step="never"),
    NO_ZERO: Habits(zero="never"),
    NEW_OPTIMIZER: Habits(optimizer="new each epoch"),
    ONCE: Habits(epochs="one"),
    training_loops.ONE_TOO_FEW: Habits(epochs="one too few"),
    training_loops.ONE_TOO_MANY: Habits(epochs="one too many"),
    training_loops.ASCENT: Habits(ascent=True),
    training_loops.TARGETS_FIRST: Habits(loss_of=training_loops.targets_first),
}
"""Sentence → the habit it names; an epoch is one batch here, so habits of batches are none."""
KEEPS_GRAPH = "A prediction needs no gradient: compute it inside `with torch.no_grad():`."

NO_GRAPH = "does not require grad"
TWICE = "backward through the graph a second time"
CHANGED = "modified by an inplace operation"
RAISES = {
    NO_GRAPH: "backward() finds nothing to differentiate: compute the loss outside of no_grad(), from the model's own "
    "output.",
    TWICE: "Each epoch needs its own graph: call the model and compute the loss again in every epoch.",
    CHANGED: "step() changes weights that backward() still needs: call step() after backward(), not before it.",
}
"""Part of an exception's message → a sentence."""
BUILDING = {
    "RuntimeError": "PyTorch cannot run your model on a batch of shape (n, inputs): compare the shapes in its message. "
    "Each layer takes as many inputs as the layer before it has outputs.",
    "AttributeError": "Is super().__init__() the first line of your __init__, and does __init__ set everything that "
    "forward() uses?",
}


def shapes_of(model: Handle) -> list[tuple[int, ...]]:
    """The shapes of a module's parameters, as the worker tells them."""
    found = model.glance()["parameters"]
    values = [item.get("value") for item in found if isinstance(item, dict)] if isinstance(found, list) else []
    return [value.shape for value in values if isinstance(value, Tensor)]


def expect_module(model: Handle) -> None:
    """It is one, as it says."""
    nothing = model.thing.type_name == "NoneType"
    expect.that(
        model.is_a(MODULE),
        f"{model} is {'None' if nothing else f'an object of type {model.thing.type_name}'}, not an nn.Module.",
        mistake="Your function returned None: `return` the model." if nothing else NO_MODULE,
    )


def expect_column(model: Handle, x: Array) -> Answer:
    """The model takes a batch and gives a column. Lazy layers have parameters only after that."""
    answer = model.forward(x)
    expect.tensor(
        answer,
        shape=(len(x), 1),
        mistakes={FLAT: lambda got: isinstance(got, Tensor) and got.shape == (len(x),)},
    )
    return answer


@check("make_linear() makes a linear model with one output", points=1, explain=BUILDING)
def linear_model(student: Student, inputs: Inputs) -> None:
    for d in inputs.integers(3, 2, 9):
        model = student.make_linear.new(d)
        expect_module(model)
        weight, bias, x = inputs.normal(1, d), 1 + inputs.uniform(1), inputs.normal(ROWS, d)
        shapes = shapes_of(model)
        if (1, d) not in shapes and {(d, d), (d, 1)} & set(shapes):
            expect.that(False, f"{model} has parameters of the shapes {show(shapes)}.", mistake=ONE_ROW)
        expect_column(model, x)
        if shapes_of(model) == [(1, d)]:
            expect.that(False, f"{model} has one parameter, of shape {(1, d)}.", mistake=NO_BIAS)
        model.load(weight, bias)
        right = x.astype("float64") @ weight.T + bias
        expect.close(model.forward(x), right, atol=ATOL, mistakes={BELOW_ZERO: np.maximum(right, 0)})


def layer_shapes(n_in: int, h1: int, h2: int) -> list[tuple[int, ...]]:
    """The six shapes of an MLP's parameters, in the layers' order."""
    return [(h1, n_in), (h1,), (h2, h1), (h2,), (1, h2), (1,)]


@check("RegressionMLP() has three layers, found by parameters()", points=1, kind="W", explain=BUILDING)
def mlp_structure(student: Student, inputs: Inputs) -> None:
    n_in, h1, h2 = inputs.integers(3, 3, 9)
    for sizes in ((n_in, h1, h2), (n_in,)):
        model = student.RegressionMLP.new(*sizes)
        expect_module(model)
        wanted = layer_shapes(*sizes) if len(sizes) == 3 else layer_shapes(n_in, 50, 40)
        x = inputs.normal(ROWS, n_in)
        expect_column(model, x)
        shapes = shapes_of(model)
        if sorted(shapes) != sorted(wanted):
            got = show(shapes) if shapes else "there are none"
            expect.that(
                False,
                f"{model} should have parameters of the shapes {show(wanted)}; it has: {got}.",
                mistake=_why(student, model, x, shapes, wanted, n_in),
                evidence={"asked": f"{model}.parameters()", "got": got, "expected": show(wanted)},
            )


def _why(
    student: Student, model: Handle, x: Array, shapes: list[tuple[int, ...]], wanted: list[tuple[int, ...]], n_in: int
) -> str | None:
    """The mistake in a model's parameters; what a probe tells decides about sentences only."""
    if len(shapes) < len(wanted):
        if student.probe("layers_in_containers", model).value is True:
            return IN_A_LIST
        if not shapes and difference(model.forward(x).value, model.forward(x).value) is not None:
            return NEW_EACH_CALL
        matrices = sum(len(shape) == 2 for shape in shapes)
        return NO_BIAS if matrices == 3 else TOO_FEW
    if len(shapes) > len(wanted):
        return TOO_MANY
    return FIXED_SIZES if sorted(shapes) == sorted(layer_shapes(n_in, 50, 40)) else None


def expect_outputs(student: Student, inputs: Inputs, n_in: int, h1: int, h2: int) -> None:
    """A fresh MLP of these sizes gives the right output for weights that are sent, on a batch that tells mistakes."""
    while True:
        weights = [0.7 * inputs.normal(*shape) for shape in layer_shapes(n_in, h1, h2)]
        x = inputs.normal(ROWS, n_in)
        right, known = mlp(x, weights), mistaken_outputs(x, weights)
        outcomes = [right, *known.values()]
        if all(np.abs(one - other).max() > TELLING for one, other in combinations(outcomes, 2)):
            break
    model = student.RegressionMLP.new(n_in, h1, h2)
    model.forward(x)  # lazy layers need it before they have parameters
    model.load(*weights)
    expect.close(expect_column(model, x), right, atol=ATOL, mistakes=known)


@check("RegressionMLP() computes what its weights say", points=1, after=mlp_structure, explain=BUILDING)
def mlp_values(student: Student, inputs: Inputs) -> None:
    for _ in range(2):
        n_in, h1, h2 = inputs.integers(3, 3, 9)
        expect_outputs(student, inputs, n_in, h1, h2)


LAYERS = (("Linear", 3, 5), ("ReLU",), ("Linear", 5, 1))


def setup_of(inputs: Inputs, optimizer: str, loss: str = "MSELoss", **options: Any) -> training_loops.Setup:
    """A small model, one batch of all the data, and a few epochs."""
    state = training_loops.initial_state(inputs, LAYERS)
    x, y = inputs.normal(12, 3), 2 + 3 * inputs.normal(12, 1)
    return training_loops.Setup(LAYERS, state, optimizer, options, loss, ((x, y),), inputs.integer(3, 5))


def trained(
    student: Student, setup: training_loops.Setup, bad: Mapping[str, training_loops.Habits] = BAD
) -> tuple[Answer, Handle]:
    """What train_bgd() returns, and the model, which is where good habits lead it."""
    model, optimizer, criterion, _ = training_loops.objects_of(student, setup)
    with expect.explained(RAISES):
        answer = student.train_bgd(model, optimizer, criterion, *setup.batches[0], setup.epochs)
    training_loops.expect_same_path(student, model, answer.question, setup, bad)
    return answer, model


@check("train_bgd() trains two models, one after the other, as SGD does", points=2, explain=RAISES)
def trains(student: Student, inputs: Inputs) -> None:
    trained(student, setup_of(inputs, "SGD", lr=0.05))
    second = {SECOND_STILL if sentence == STILL else sentence: habits for sentence, habits in BAD.items()}
    # Its loss tells an output from a target, so that the wrong way round shows.
    trained(student, setup_of(inputs, "SGD", "BCEWithLogitsLoss", lr=0.08), second)


@check("predict() returns the model's output, outside any graph", points=1, kind="W")
def predictions(student: Student, inputs: Inputs) -> None:
    for n in (3, 1, 8):
        setup = setup_of(inputs, "SGD", lr=0.1)
        model, *_ = training_loops.objects_of(student, setup)
        x = inputs.normal(n, 3)
        with torch.no_grad():
            right = apparatus.model(LAYERS, setup.state)(torch.from_numpy(x)).numpy()
        answer = student.predict(model, x)
        expect.close(answer, right, atol=ATOL)
        expect.that(
            not answer.value.requires_grad,
            f"{answer.question} returned a tensor that requires grad.",
            mistake=KEEPS_GRAPH,
        )
