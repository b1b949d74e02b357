"""Public checks of ex14: structure and forward values of both classes. Truth is NumPy's; weights are ours."""

from __future__ import annotations

from typing import Any

import numpy as np

from grader import Handle, Inputs, Student, Tensor, check, expect

PLAIN_TENSORS = "parameters() is empty, so no optimizer will ever see them: wrap each tensor in nn.Parameter."
NO_PARAMETERS = (
    "There are no parameters after __init__: create them there, as nn.Parameter. "
    "Made in forward, they would be new random weights each call."
)
LINEAR = "torch.nn.modules.linear.Linear"
TRANSPOSED = "Replicate nn.Linear: W has one row per neuron, shape (out_features, in_features)."


def sizes(inputs: Inputs) -> tuple[int, int]:
    """in_features and out_features, always different, so that no shape is right by accident."""
    n_in, n_out = inputs.integers(2, 3, 9)
    return n_in, n_out


def batches(inputs: Inputs, n_in: int) -> list[np.ndarray[Any, Any]]:
    """A batch, a single sample, and a batch of sequences."""
    # Spread wide, so that outputs beyond 6 occur and a ReLU6 is told from a ReLU.
    return [4 * inputs.normal(*leading, n_in) for leading in ((7,), (), (2, 4))]


def relu(x: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    """max(x, 0), elementwise."""
    return np.maximum(x, 0)


def parameters(layer: Handle) -> list[Tensor]:
    """The layer's parameters, as the worker reports them; what is not a tensor is left out."""
    found = layer.describe()["parameters"]
    values = [item.get("value") for item in found if isinstance(item, dict)] if isinstance(found, list) else []
    return [value for value in values if isinstance(value, Tensor)]


def structure(student: Student, name: str, inputs: Inputs) -> None:
    """Two parameters of the right shapes, found by parameters() and state_dict(), and outputs of the right shape."""
    n_in, n_out = sizes(inputs)
    layer = getattr(student, name).new(n_in, n_out)
    expect.that(
        layer.is_a("torch.nn.modules.module.Module"),
        f"{layer} is an object of type {layer.thing.type_name}, not an nn.Module.",
        mistake="Derive the class from nn.Module.",
    )
    described = layer.describe()
    found = described["parameters"] if isinstance(described["parameters"], list) else []
    lazy = [item for item in found if isinstance(item, dict) and item.get("value") is None]
    expect.that(
        not lazy,
        f"{len(lazy)} parameters of {layer} have no values yet.",
        mistake="Lazy parameters wait for a first input: make W and b in __init__, where both sizes are known.",
    )
    shapes = [value.shape for value in parameters(layer)]
    wanted = [(n_out, n_in), (n_out,)]
    plain = described["plain_tensors"]
    expect.that(
        sorted(shapes) == sorted(wanted),
        f"The parameters of {layer} have the shapes {shapes or '(none)'}; expected {wanted[0]} and {wanted[1]}.",
        mistake=_shape_mistake(shapes, n_in, n_out, has_plain=bool(plain)),
        evidence={"asked": f"{layer}.parameters()", "got": str(shapes), "expected": str(wanted)},
    )
    state = described["state"]
    expect.that(
        isinstance(state, list) and len(state) >= len(wanted),
        f"The state_dict of {layer} has {len(state) if isinstance(state, list) else 0} entries; expected 2.",
        mistake="Saving this layer would lose a parameter: assign both to self in __init__.",
    )
    for x in batches(inputs, n_in):
        expect.tensor(layer.forward(x), shape=(*x.shape[:-1], n_out), dtype="float32")


def _shape_mistake(shapes: list[tuple[int, ...]], n_in: int, n_out: int, *, has_plain: bool) -> str | None:
    if not shapes:
        return PLAIN_TENSORS if has_plain else NO_PARAMETERS
    if (n_in, n_out) in shapes:
        return TRANSPOSED
    if shapes == [(n_out, n_in)]:
        return "The bias b is missing: the layer computes x @ W.T + b."
    if (n_out, n_in + 1) in shapes:
        return "W and b are merged into one matrix: keep them as two parameters, as nn.Linear does."
    return None


def forward_values(student: Student, name: str, inputs: Inputs) -> None:
    """relu(x @ W.T + b) for our W, b and x of ranks 2, 1 and 3."""
    n_in, n_out = sizes(inputs)
    layer = getattr(student, name).new(n_in, n_out)
    weight, bias = inputs.normal(n_out, n_in), inputs.normal(n_out)
    layer.load(weight, bias)
    for x in batches(inputs, n_in):
        linear = x @ weight.T + bias
        expect.close(
            layer.forward(x),
            relu(linear),
            mistakes={
                "Negatives came through: the ReLU is missing.": linear,
                "Rectify the output of the linear step, not its input.": relu(x) @ weight.T + bias,
                "b never enters: the layer computes x @ W.T + b.": relu(x @ weight.T),
                "Large values are cut off at 6: that is ReLU6.": np.clip(linear, 0, 6),
                "Negative weights are legitimate: use W as it is.": relu(x @ np.abs(weight).T + bias),
                "The bias is added after the ReLU: add it before.": relu(x @ weight.T) + bias,
                "That is |x @ W.T + b|: a ReLU gives 0 for negatives.": np.abs(linear),
            },
        )


EXPLAIN = {
    "RuntimeError": "The layer must take any number of leading dimensions: (in,), (n, in) and (n, m, in) alike.",
    "AttributeError": "Is super().__init__() the first line of __init__, and is all that forward uses set there?",
}


@check("Dense has two parameters and gives outputs of the right shape", points=2, explain=EXPLAIN)
def dense_structure(student: Student, inputs: Inputs) -> None:
    structure(student, "Dense", inputs)


@check("Dense computes relu(x @ W.T + b)", points=3, after=dense_structure, explain=EXPLAIN)
def dense_forward(student: Student, inputs: Inputs) -> None:
    forward_values(student, "Dense", inputs)


@check("DenseScratch has two parameters and gives outputs of the right shape", points=2, explain=EXPLAIN)
def scratch_structure(student: Student, inputs: Inputs) -> None:
    structure(student, "DenseScratch", inputs)


@check("DenseScratch computes relu(x @ W.T + b)", points=3, after=scratch_structure, explain=EXPLAIN)
def scratch_forward(student: Student, inputs: Inputs) -> None:
    forward_values(student, "DenseScratch", inputs)


@check("DenseScratch is made without nn.Linear", points=2, after=scratch_structure, kind="W")
def scratch_without_linear(student: Student, inputs: Inputs) -> None:
    layer = student.DenseScratch.new(3, 5)
    kinds = layer.describe()["modules"]
    inside = isinstance(kinds, list) and any(isinstance(names, list) and LINEAR in names for names in kinds)
    expect.that(
        not inside,
        f"{layer} is, or contains, an nn.Linear.",
        mistake="Store the tensors yourself, as nn.Parameter: DenseScratch is to do without nn.Linear.",
    )
