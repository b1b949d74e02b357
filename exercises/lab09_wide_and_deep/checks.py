"""Public checks of lab09: what both networks consist of, and what they answer with parameters of ours."""

from __future__ import annotations

from typing import Any

import numpy as np

from grader import CheckFailed, Handle, Inputs, Student, StudentRaised, Tensor, check, difference, expect, show

from .network import BATCH, Array, Sizes, Weights, mistakes_of, sizes, telling_case, truth, weights

ATOL = 1e-4
MODULE = "torch.nn.modules.module.Module"

NOT_A_MODULE = "Make your class a subclass of nn.Module."
NO_SUPER = "Call super().__init__() first in your __init__: before that, nn.Module cannot register a layer."
HIDDEN = (
    "nn.Module does not look into Python lists and dicts: assign layers to self, or use nn.ModuleList or nn.ModuleDict."
)
STACKS = "You stacked samples on samples: the features lie in dimension 1, so join the two ways along dim=1."
TWO_OUTPUTS = (
    "Adding up two output layers computes the same, but this lab needs one output layer over both ways side by side."
)
OUTPUT_SEES_DEEP_ONLY = "Your output layer sees the deep values only: give it the wide values, too."
OUTPUT_SEES_WIDE_ONLY = "Your output layer sees the wide values only: give it the deep values, too."
OUTPUT_SEES_ALL = "Your output layer takes all columns: only the first n_wide_end of them go the wide way."
DEEP_SEES_ALL = "Your deep stack takes all columns: only those from n_deep_start on go the deep way."
WIDE_OFF = "X[:, :n_wide_end] has n_wide_end columns: the output layer sees n_wide_end + h2 values."
DEEP_OFF = "X[:, n_deep_start:] has n_features - n_deep_start columns: your first layer must take that many inputs."
NEURONS_SWAPPED = "You swapped h1 and h2: the first linear layer has h1 neurons, the second h2."
NEURONS_FIXED = "Take the numbers of neurons from the arguments: the first linear layer has h1 neurons, the second h2."
NO_COLUMN = "Keep the column: the output is one value per sample, in a tensor of shape (n, 1)."
SHARED = "Two of your networks share their layers: each network must create its own, in __init__."
NEW_EACH_CALL = (
    "forward() creates new random weights in each call, so nothing is ever learned: create the layers in __init__."
)

RAISES = {
    "RuntimeError": "PyTorch refuses an operation in forward(): compare the shapes in its message with those of your "
    "layers, (out, in). X[:, a:b] takes columns, X[a:b] rows."
}


def new(student: Student, name: str, size: Sizes) -> Handle:
    """A fresh network of the student's."""
    arguments: tuple[int, ...] = (size.features, size.h1, size.h2)
    if name == "WideAndDeepV2":
        arguments = (size.wide, size.start, *arguments)
    with expect.explained({"Module.__init__() call": NO_SUPER}):
        network: Handle = getattr(student, name).new(*arguments)
    return network


def loaded(student: Student, name: str, size: Sizes, w: Weights) -> Handle:
    """A network of the student's that has these parameters."""
    network = new(student, name, size)
    # Lazy layers have no parameters before their first call.
    network.forward(np.zeros((2, size.features), "float32"))
    network.load(*w.all)
    return network


def expect_parameters(student: Student, name: str, size: Sizes, X: Array) -> None:
    """Six parameters of the right shapes, and answers of the right shape."""
    network = new(student, name, size)
    expect.that(
        network.is_a(MODULE),
        f"{network} is an object of type {network.thing.type_name}, not an nn.Module.",
        mistake=NOT_A_MODULE,
    )
    answer, fault = None, None
    try:
        answer = network.forward(X)
    except StudentRaised as error:
        fault = error  # the shapes may say more
    found = shapes_of(network)
    # A stub whose forward is unwritten has other things to say than the shapes.
    if sorted(found) != sorted(size.shapes) and not (fault and "NotImplementedError" in fault.raised.bases):
        listed = show(found) if found else "none"
        hidden = not fault and len(found) < len(size.shapes) and student.probe("hidden_layers", network).value is True
        # No parameters, and no two answers alike.
        anew = not found and answer is not None and difference(answer.value, network.forward(X).value) is not None
        raise CheckFailed(
            f"The parameters of {network} should have the shapes {show(list(size.shapes))}; yours: {listed}.",
            mistake=HIDDEN if hidden else NEW_EACH_CALL if anew else mistake_in_shapes(found, size),
            evidence={"asked": f"{network}.parameters()", "got": listed, "expected": show(list(size.shapes))},
        )
    with expect.explained({"except in dimension 0": STACKS}):
        if fault is not None:
            raise fault
    assert answer is not None
    expect.tensor(answer, shape=(len(X), 1), dtype="float32", mistakes={NO_COLUMN: lambda got: got.shape == (len(X),)})


def shapes_of(network: Handle) -> list[tuple[int, ...]]:
    """The shapes of a network's parameters, as it says."""
    found = network.glance()["parameters"]
    values = [item.get("value") for item in found if isinstance(item, dict)] if isinstance(found, list) else []
    return [value.shape for value in values if isinstance(value, Tensor)]


def mistake_in_shapes(found: list[tuple[int, ...]], size: Sizes) -> str | None:
    """The mistake that such shapes come from."""
    first, _, second, _, last, _ = size.shapes
    outputs = {shape for shape in found if len(shape) == 2 and shape[0] == 1}
    deep_only, wide_only = (1, size.h2), (1, size.wide)
    if {deep_only, wide_only} <= outputs:
        return TWO_OUTPUTS
    split = size.wide < size.features
    whole = (1, size.features + size.h2), (size.h1, size.features)
    if {(size.h2, first[1]), (size.h1, size.h2)} <= set(found):
        return NEURONS_SWAPPED
    known = {
        OUTPUT_SEES_DEEP_ONLY: last not in found and deep_only in outputs,
        OUTPUT_SEES_WIDE_ONLY: last not in found and wide_only in outputs,
        OUTPUT_SEES_ALL: split and whole[0] in outputs,
        DEEP_SEES_ALL: size.start > 0 and whole[1] in found,
        WIDE_OFF: split and second in found and outputs in ({(1, last[1] - 1)}, {(1, last[1] + 1)}),
        DEEP_OFF: split and any((size.h1, first[1] + off) in found for off in (-1, 1)),
        NEURONS_FIXED: len(found) == len(size.shapes) and (size.h1,) not in found and (size.h2,) not in found,
    }
    return next((sentence for sentence, holds in known.items() if holds), None)


def expect_answers(student: Student, name: str, size: Sizes, X: Array, w: Weights, others: Weights) -> None:
    """What it answers with parameters of ours, while another network has others."""
    network, _ = loaded(student, name, size, w), loaded(student, name, size, others)
    first, second = network.forward(X), network.forward(X)
    known: dict[str, Any] = {
        NEW_EACH_CALL: lambda got: difference(got, second.value) is not None,
        **mistakes_of(X, size, w),
        SHARED: truth(X, size, others),
        NO_COLUMN: lambda got: got.shape == (len(X),),
    }
    for answer in (first, second):
        expect.close(answer, truth(X, size, w), atol=ATOL, dtype="float32", mistakes=known)


@check(
    "WideAndDeep has a deep stack and an output layer over n_features + h2 values", points=1, kind="W", explain=RAISES
)
def wide_and_deep_parameters(student: Student, inputs: Inputs) -> None:
    for _ in range(2):
        size = sizes(inputs)
        expect_parameters(student, "WideAndDeep", size, inputs.normal(BATCH, size.features))


@check("WideAndDeep computes the right output", points=2, after=wide_and_deep_parameters)
def wide_and_deep_forward(student: Student, inputs: Inputs) -> None:
    for _ in range(2):
        size = sizes(inputs)
        X, w = telling_case(inputs, size)
        expect_answers(student, "WideAndDeep", size, X, w, weights(inputs, size))


@check("WideAndDeepV2 has layers that fit the columns of each way", points=1, kind="W", explain=RAISES)
def v2_parameters(student: Student, inputs: Inputs) -> None:
    for _ in range(2):
        size = sizes(inputs, split=True)
        expect_parameters(student, "WideAndDeepV2", size, inputs.normal(BATCH, size.features))


@check("WideAndDeepV2 computes the right output", points=2, after=v2_parameters)
def v2_forward(student: Student, inputs: Inputs) -> None:
    size = sizes(inputs, split=True)
    X, w = telling_case(inputs, size)
    expect_answers(student, "WideAndDeepV2", size, X, w, weights(inputs, size))
