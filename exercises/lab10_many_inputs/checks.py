"""Public checks of lab10: what the network answers, where both loops lead, and a dataset's items."""

from __future__ import annotations

from typing import Any

import numpy as np

from grader import CheckFailed, Handle, Inputs, Student, StudentRaised, Tensor, check, expect, show

from .network import Array, Sizes, mistakes_of, sizes, telling_case, truth
from .training import LOSSES, setup, train

MODULE = "torch.nn.modules.module.Module"

NOT_A_MODULE = "Make your class a subclass of nn.Module."
NO_SUPER = "Call super().__init__() first in your __init__: before that, nn.Module cannot register a layer."
STACKS = "You stacked samples on samples: the features lie in dimension 1, so join the two ways along dim=1."
DEEP_SEES_ALL = "Your deep stack takes all inputs: it must take X_deep only, which has n_deep columns."
OUTPUT_SEES_DEEP_ONLY = (
    "Your output layer sees the deep values only: it must take the wide ones, too, n_wide + h2 values in all."
)
NO_COLUMN = "Keep the column: the output must have the shape (n, 1)."
FIXED_PAIR = "A batch may have any number of inputs before y: use `for *inputs, y in loader`."
NOT_UNPACKED = (
    "The model takes its inputs as separate arguments: unpack them in the call, a list with *, a dictionary with **."
)
NO_TO = "A dictionary has no .to(): move its tensors one by one, in a comprehension."
LIST_TO = "A list or tuple has no .to(): move its tensors one by one, in a comprehension."


def loaded(student: Student, size: Sizes, w: Any) -> Handle:
    """A network of the student's that has these parameters."""
    with expect.explained({"Module.__init__() call": NO_SUPER}):
        network = student.WideAndDeepV3.new(size.wide, size.deep, size.h1, size.h2)
    expect.that(
        network.is_a(MODULE),
        f"{network} is an object of type {network.thing.type_name}, not an nn.Module.",
        mistake=NOT_A_MODULE,
    )
    fault = None
    try:
        # Lazy layers have no parameters before their first call.
        network.forward(*(np.zeros((3, n), "float32") for n in (size.wide, size.deep)))
    except StudentRaised as error:
        fault = error  # the shapes may say more
    described = network.glance()["parameters"]
    items = [item for item in described if isinstance(item, dict)] if isinstance(described, list) else []
    found = [item["value"].shape for item in items if isinstance(item.get("value"), Tensor)]
    unwritten = fault is not None and "NotImplementedError" in fault.raised.bases
    if sorted(found) != sorted(size.shapes) and not unwritten:
        listed, wanted = show(found) if found else "none", show(list(size.shapes))
        raise CheckFailed(
            f"The parameters of {network} should have the shapes {wanted}; yours: {listed}.",
            mistake=_mistake_in_shapes(found, size),
            evidence={"asked": f"{network}.parameters()", "got": listed, "expected": wanted},
        )
    if fault is not None:
        with expect.explained({"except in dimension 0": STACKS}):
            raise fault
    network.load(*w.all)
    return network


def _mistake_in_shapes(found: list[tuple[int, ...]], size: Sizes) -> str | None:
    if (size.h1, size.wide + size.deep) in found:
        return DEEP_SEES_ALL
    return OUTPUT_SEES_DEEP_ONLY if (1, size.h2) in found and (1, size.wide + size.h2) not in found else None


@check("WideAndDeepV3 computes the right output", points=1)
def v3_forward(student: Student, inputs: Inputs) -> None:
    for _ in range(2):
        size = sizes(inputs)
        X_wide, X_deep, w = telling_case(inputs, size)
        expect.close(
            loaded(student, size, w).forward(X_wide, X_deep),
            truth(X_wide, X_deep, w),
            atol=1e-4,
            mistakes={**mistakes_of(X_wide, X_deep, w), NO_COLUMN: lambda got: got.shape == (len(got.array),)},
        )


TRAINING = {
    "values to unpack": FIXED_PAIR,
    "each once": NOT_UNPACKED,
    "'dict' object has no attribute 'to'": NO_TO,
    "'list' object has no attribute 'to'": LIST_TO,
    "'tuple' object has no attribute 'to'": LIST_TO,
}
"""Words of a message → what they mean in a training loop here, for whichever of our models it runs on."""


@check("train_multi() leads a model with two inputs where three correct epochs lead it", points=1)
def train_by_position(student: Student, inputs: Inputs) -> None:
    with expect.explained(TRAINING):
        for loss in LOSSES:
            train(student, setup(inputs, ("X_wide", "X_deep"), loss=loss))


WHOLE = "An item must be a single sample: use the index that __getitem__ gets."
COLUMNS = "You took column i, but samples are rows: take row i."
Y_INSIDE = "Return the target next to the dictionary, not inside it: forward() has no argument y."
NO_DICT = 'Put the inputs into a dictionary, and return it with the target: ({"X_wide": …, "X_deep": …}, target).'
TARGET_FIRST = "You returned the target first: return the dictionary of inputs, then the target."
TARGET_SQUEEZED = (
    "Leave the target unchanged, y[i]: the model's outputs have the shape (n, 1), and so must the targets."
)
LEN_COLUMNS = "len() is the number of samples, not of columns."
LEN_PARTS = "len() is the number of samples, not of tensors."


def dataset_of(student: Student, inputs: Inputs, columns: int = 1) -> tuple[Handle, Array, Array, Array]:
    """A dataset of the student's, X_wide, X_deep and y; no two of its numbers of rows and columns are the same."""
    wide, deep, n = *inputs.integers(2, 4, 6), inputs.integer(8, 11)
    X_wide, X_deep, y = inputs.normal(n, wide), inputs.normal(n, deep), inputs.normal(n, columns)
    with expect.explained({"Module.__init__() call": NO_SUPER}):
        dataset = student.WideAndDeepDataset.new(X_wide, X_deep, y)
    dataset.name = "dataset"
    return dataset, X_wide, X_deep, y


@check("WideAndDeepDataset returns the samples as its items", points=1)
def dataset_items(student: Student, inputs: Inputs) -> None:
    dataset, X_wide, X_deep, y = dataset_of(student, inputs)
    expect.equal(
        dataset.method("__len__")(),
        len(y),
        mistakes={
            LEN_COLUMNS: lambda got: got in (X_wide.shape[1], X_deep.shape[1], X_wide.shape[1] + X_deep.shape[1], 1),
            LEN_PARTS: lambda got: got in (2, 3),
        },
    )
    for i in (0, inputs.integer(1, 3), len(y) - 1):
        wide, deep, target = X_wide[i], X_deep[i], y[i]
        known: dict[str, Any] = {
            WHOLE: lambda got: any(tensor.shape[0] == len(y) and tensor.array.ndim == 2 for tensor in _tensors(got)),
            Y_INSIDE: lambda got: any(isinstance(part, dict) and len(part) > 2 for part in _parts(got)),
            NO_DICT: lambda got: not any(isinstance(part, dict) for part in _parts(got)),
            TARGET_FIRST: (target, {"X_wide": wide, "X_deep": deep}),
            TARGET_SQUEEZED: ({"X_wide": wide, "X_deep": deep}, target.reshape(())),
        }
        if i < 4:  # there is such a column
            known[COLUMNS] = lambda got, i=i: any(
                tensor.shape == (len(y),) and np.allclose(tensor.array, X_wide[:, i]) for tensor in _tensors(got)
            )
        expect.close(
            dataset.method("__getitem__")(i), ({"X_wide": wide, "X_deep": deep}, target), mistakes=known, rtol=0
        )


def _parts(got: Any) -> list[Any]:
    return list(got) if isinstance(got, list | tuple) else [got]


def _tensors(got: Any) -> list[Tensor]:
    parts = [inner for part in _parts(got) for inner in (part.values() if isinstance(part, dict) else [part])]
    return [part for part in parts if isinstance(part, Tensor)]


@check("train_named() leads a model with two inputs where three correct epochs lead it", points=1)
def train_by_name(student: Student, inputs: Inputs) -> None:
    with expect.explained(TRAINING):
        names = ("X_wide", "X_deep")
        for loss in LOSSES:
            train(student, setup(inputs, names, order=names, loss=loss))
