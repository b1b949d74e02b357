"""Public checks of ex14: structure and forward values of both classes. Truth is NumPy's; weights are ours."""

from __future__ import annotations

from itertools import combinations
from typing import Any

import numpy as np

from grader import Handle, Inputs, Student, StudentRaised, Tensor, check, difference, expect, show, source

Array = np.ndarray[Any, Any]

LINEAR = "torch.nn.modules.linear.Linear"
MODULE = "torch.nn.modules.module.Module"
BATCH = 16
"""Rows of a batch: more than any in_features or out_features, so that no shape is right by accident."""
ATOL = 1e-4
TELLING = 0.02
"""How far apart, at least, the right answer and each mistake's answer are on a batch."""

PLAIN_TENSORS = "parameters() is empty, so no optimizer will ever see your tensors: wrap each in nn.Parameter."
ONE_IS_PLAIN = "A plain tensor is never seen by an optimizer: wrap both W and b in nn.Parameter."
BUFFERS = "A buffer is saved but never trained: make both W and b an nn.Parameter."
IN_A_LIST = "nn.Module does not look into Python lists and dicts: assign to self directly, or use nn.ParameterList."
NO_PARAMETERS = "There are no parameters after __init__: create W and b there, as nn.Parameter."
NEW_EACH_CALL = "forward makes new random weights in each call, so nothing is ever learned: create them in __init__."
CHANGING = (
    "The same input has another answer in each call: create the weights in __init__, and draw nothing in forward."
)
NO_FORWARD = "Name the method forward, and leave __call__ alone: nn.Module's own runs the hooks and then your forward."
LAZY = "Lazy parameters wait for a first input: make W and b in __init__, where both sizes are known."
TRANSPOSED = "W has one row per neuron, as in nn.Linear: its shape is (out_features, in_features)."
SWAPPED = "in_features and out_features are swapped: in_features is the size of the input, and comes first."
NO_BIAS = "There is no b among the parameters: the layer computes x @ W.T + b."
MERGED = "W and b are merged into one matrix: keep them as two parameters, as nn.Linear does."
BIAS_SHAPE = "b is a vector, one number per neuron: its shape is (out_features,)."
TOO_MANY = "There are more parameters than W and b: a dense layer learns nothing else."
OTHER_SIZES = "Take the sizes from the arguments: W has shape (out_features, in_features), b has shape (out_features,)."
LEADING = "The layer must take any number of leading dimensions: (in,), (n, in) and (n, m, in) alike."
LEADING_LOST = "Keep the leading dimensions as they are: only the last one changes, from in_features to out_features."
SIDEWAYS = "The output is transposed: return one row per sample, one column per neuron."
STALE = "forward uses an earlier copy of the parameters: compute with W and b themselves."
SHARED = "Two layers share their parameters: every layer makes its own, in __init__."


def sizes(inputs: Inputs) -> tuple[int, int]:
    """in_features and out_features, always different, so that no shape is right by accident."""
    n_in, n_out = inputs.integers(2, 3, 9)
    return n_in, n_out


def linear(x: Array, weight: Array, bias: Array) -> Array:
    """x @ W.T + b, in float64."""
    with np.errstate(all="ignore"):  # a fresh layer's weights may be anything
        result: Array = np.asarray(x, "float64") @ np.asarray(weight, "float64").T + np.asarray(bias, "float64")
    return result


def truth(x: Array, weight: Array, bias: Array) -> Array:
    """relu(x @ W.T + b), computed in float64 and given as float32."""
    with np.errstate(all="ignore"):
        return relu(linear(x, weight, bias)).astype("float32")


def relu(x: Array) -> Array:
    """max(x, 0), elementwise."""
    return np.maximum(x, 0)


def mistakes_of(x: Array, weight: Array, bias: Array) -> dict[str, Array]:
    """Sentence → what that mistake gives for this input."""
    z, no_bias = linear(x, weight, bias), np.zeros_like(bias)
    return {
        "Negative numbers came through: the ReLU is missing.": z,
        "Apply the ReLU to the output of the linear step, not to its input.": linear(relu(x), weight, bias),
        "Apply the ReLU only to the output: the input's negative numbers carry information.": truth(
            relu(x), weight, bias
        ),
        "b is not used: the layer computes x @ W.T + b.": truth(x, weight, no_bias),
        "The bias is added after the ReLU: add it before.": truth(x, weight, no_bias) + bias,
        "Large values are cut off at 6: that is ReLU6.": np.clip(z, 0, 6),
        "Weights may be negative: use W as it is.": truth(x, np.abs(weight), bias),
        "That is |x @ W.T + b|: a ReLU gives 0 for negative numbers.": np.abs(z),
        "Negative numbers leak through: that is LeakyReLU, a ReLU gives 0 for them.": np.where(z > 0, z, 0.01 * z),
    }


def telling_case(inputs: Inputs, n_in: int, n_out: int) -> tuple[Array, Array, Array]:
    """W, b and a batch on which the right answer and every mistake's answer are all told apart."""
    while True:
        weight, bias, x = inputs.normal(n_out, n_in), inputs.normal(n_out), 3 * inputs.normal(BATCH, n_in)
        outcomes = [truth(x, weight, bias), *mistakes_of(x, weight, bias).values()]
        if all(np.abs(one - other).max() > TELLING for one, other in combinations(outcomes, 2)):
            return weight, bias, x


def computed_from(x: Array, old: tuple[Array, Array], new: tuple[Array, Array], atol: float = ATOL) -> Any:
    """A predicate: whether an answer comes from old parameters (W, b, or both), where new ones are in force."""
    outcomes = [truth(x, *old), truth(x, old[0], new[1]), truth(x, new[0], old[1])]
    return lambda got: any(difference(got, outcome, atol=atol) is None for outcome in outcomes)


def parameters(described: dict[str, Any]) -> list[Tensor]:
    """A layer's parameters, from its description; lazy ones are left out."""
    return [item["value"] for item in described["parameters"] if item["value"] is not None]


def own_parameters(layer: Handle, n_in: int, n_out: int) -> tuple[Array, Array]:
    """The layer's own W and b, as it says they are now: computed answers must bear it."""
    by_shape = {value.shape: value.array for value in parameters(layer.glance())}
    expect.that(
        {(n_out, n_in), (n_out,)} <= set(by_shape),
        f"{layer} no longer has a W of shape {(n_out, n_in)} and a b of shape {(n_out,)}.",
        mistake="Create the parameters in __init__, and keep them.",
    )
    return by_shape[n_out, n_in], by_shape[n_out,]


def structure(student: Student, name: str, inputs: Inputs) -> None:
    """Two parameters of the right shapes, found by parameters() and state_dict(); a batch gives the right shape."""
    n_in, n_out = sizes(inputs)
    x = inputs.normal(BATCH, n_in)
    layer = getattr(student, name).new(n_in, n_out)
    expect.that(
        layer.is_a(MODULE),
        f"{layer} is an object of type {layer.thing.type_name}, not an nn.Module.",
        mistake="Derive the class from nn.Module.",
    )
    # It decides about sentences only.
    anatomy: list[str] = student.probe("anatomy", layer).value
    expect.that("no forward" not in anatomy, f"{layer} has no method forward.", mistake=NO_FORWARD)
    described = layer.describe()
    found = described["parameters"]
    lazy = sum(item["value"] is None for item in found)
    expect.that(lazy == 0, f"{layer} has parameters without values: {lazy} of {len(found)}.", mistake=LAZY)
    shapes = [value.shape for value in parameters(described)]
    wanted = [(n_out, n_in), (n_out,)]
    if sorted(shapes) != sorted(wanted):
        got = show(shapes) if shapes else "there are none"
        expect.that(
            False,
            f"{layer} must have parameters of the shapes {wanted[0]} and {wanted[1]}; it has: {got}.",
            mistake=_mistake_in_shapes(shapes, anatomy, n_in, n_out)
            if shapes
            else _why_there_are_none(layer, anatomy, x),
            evidence={"asked": f"{layer}.parameters()", "got": got, "expected": show(wanted)},
        )
    kept = len(described["state"])
    expect.that(
        kept >= len(wanted),
        f"The state_dict of {layer} has {kept} entries; expected 2.",
        mistake="Saving this layer would lose a parameter: assign both to self in __init__.",
    )
    expect.tensor(
        _first_answer(layer, x, [value.dtype for value in parameters(described)]),
        shape=(BATCH, n_out),
        dtype="float32",
        mistakes={SIDEWAYS: lambda got: isinstance(got, Tensor) and got.shape == (n_out, BATCH)},
    )


def _first_answer(layer: Handle, x: Array, dtypes: list[str]) -> Any:
    strange = sorted(set(dtypes) - {"float32"})
    try:
        return layer.forward(x)
    except StudentRaised as fault:
        expect.that(
            not strange or "RuntimeError" not in fault.raised.bases,
            f"{layer} has {', '.join(strange)} parameters, and refuses float32 input.",
            mistake="Make W and b float32, as PyTorch does by default: NumPy's random numbers are float64.",
        )
        raise


def _why_there_are_none(layer: Handle, anatomy: list[Any], x: Array) -> str:
    for sign, sentence in {"tensors": PLAIN_TENSORS, "buffers": BUFFERS, "listed": IN_A_LIST}.items():
        if sign in anatomy:
            return sentence
    try:
        first, second = layer.forward(x), layer.forward(x)
    except StudentRaised:
        return NO_PARAMETERS
    # Whoever draws weights in forward answers differently each time.
    return NEW_EACH_CALL if _differ(first.value, second.value) else NO_PARAMETERS


def _mistake_in_shapes(shapes: list[tuple[int, ...]], anatomy: list[Any], n_in: int, n_out: int) -> str:
    if len(shapes) == 1 and shapes[0] in ((n_out, n_in), (n_out,)):
        for sign, sentence in {"tensors": ONE_IS_PLAIN, "buffers": BUFFERS, "listed": IN_A_LIST}.items():
            if sign in anatomy:
                return sentence
    known = {
        NO_BIAS: [(n_out, n_in)],
        SWAPPED: [(n_in,), (n_in, n_out)],
        TRANSPOSED: [(n_in, n_out), (n_out,)],
    }
    for sentence, wrong in known.items():
        if sorted(shapes) == sorted(wrong):
            return sentence
    if (n_in, n_out) in shapes:
        return TRANSPOSED
    if len(shapes) == 1 and shapes[0] in ((n_out, n_in + 1), (n_in + 1, n_out)):
        return MERGED
    if (n_out, n_in) in shapes and len(shapes) == 2:
        return BIAS_SHAPE
    if {(n_out, n_in), (n_out,)} <= set(shapes):
        return TOO_MANY
    return OTHER_SIZES


def _differ(one: Any, other: Any) -> bool:
    both = isinstance(one, Tensor) and isinstance(other, Tensor) and not (one.meta or other.meta)
    return both and difference(one, other) is not None


def _answer(layer: Handle, x: Array) -> Any:
    """What the layer gives for x. A batch comes first, so what raises only for other ranks is named."""
    try:
        return layer.forward(x)
    except StudentRaised as fault:
        of_ranks = x.ndim != 2 and {"RuntimeError", "IndexError", "ValueError"} & set(fault.raised.bases)
        raise StudentRaised(fault.raised, fault.question, LEADING if of_ranks else None) from None


def forward_values(student: Student, name: str, inputs: Inputs) -> None:
    """relu(x @ W.T + b) for our W and b, while another layer of the same size holds others; x of ranks 2, 1 and 3."""
    n_in, n_out = sizes(inputs)
    weight, bias, batch = telling_case(inputs, n_in, n_out)
    others = inputs.normal(n_out, n_in), inputs.normal(n_out)
    layer, neighbour = getattr(student, name).new(n_in, n_out), getattr(student, name).new(n_in, n_out)
    fresh = own_parameters(layer, n_in, n_out)
    layer.load(weight, bias)
    neighbour.load(*others)
    for x in (batch, 3 * inputs.normal(n_in), 3 * inputs.normal(2, BATCH, n_in)):
        right = truth(x, weight, bias)
        known: dict[str, Any] = {
            CHANGING: lambda got, x=x: _differ(got, layer.forward(x).value),
            **mistakes_of(x, weight, bias),
            STALE: computed_from(x, fresh, (weight, bias)),
            SHARED: truth(x, *others),
            LEADING_LOST: lambda got, right=right: (
                isinstance(got, Tensor) and got.shape != right.shape and got.array.size == right.size
            ),
        }
        for _ in range(2 if x is batch else 1):  # once more: who remembers answers otherwise the second time
            expect.close(_answer(layer, x), right, atol=ATOL, dtype="float32", mistakes=known)


OWN_TENSORS = "Store the tensors yourself, as nn.Parameter: DenseScratch must not use nn.Linear."
NAMES_LINEAR = "For a person to look at: DenseScratch names Linear in its source, though none was seen to run."
UNSET = "Does __init__ set every attribute that forward uses?"
BUILDING = {
    "RuntimeError: shapes cannot be multiplied": "PyTorch refuses a batch of shape (n, in_features): compare shapes.",
    "AttributeError: before Module.__init__": "Let super().__init__() be the first line of __init__.",
    **{f"AttributeError: '{name}' object has no attribute": UNSET for name in ("Dense", "DenseScratch")},
}


@check("Dense has two parameters and takes a batch", points=2, kind="W", explain=BUILDING)
def dense_structure(student: Student, inputs: Inputs) -> None:
    structure(student, "Dense", inputs)


@check("Dense computes relu(x @ W.T + b)", points=3, after=dense_structure)
def dense_forward(student: Student, inputs: Inputs) -> None:
    forward_values(student, "Dense", inputs)


@check("DenseScratch has two parameters and takes a batch", points=2, kind="W", explain=BUILDING)
def scratch_structure(student: Student, inputs: Inputs) -> None:
    structure(student, "DenseScratch", inputs)


@check("DenseScratch computes relu(x @ W.T + b)", points=3, after=scratch_structure)
def scratch_forward(student: Student, inputs: Inputs) -> None:
    forward_values(student, "DenseScratch", inputs)


@check("DenseScratch is made without nn.Linear", points=2, after=scratch_structure, kind="W")
def scratch_without_linear(student: Student, inputs: Inputs) -> None:
    n_in, n_out = sizes(inputs)
    layer = student.DenseScratch.new(n_in, n_out)
    kinds = layer.describe()["modules"]
    inside = any(LINEAR in names for names in kinds)
    # A Linear in a Python list, or a global one, is in no module tree; but it runs when the layer does.
    runs = inside or student.probe("runs_linear", layer, inputs.normal(BATCH, n_in)).value is not False
    expect.that(
        not runs,
        f"{layer} {'is, or contains,' if inside else 'calls'} an nn.Linear.",
        mistake=OWN_TENSORS,
    )
    # The worker saw none run, and has only its word for it: where the source names one, a person should look.
    if "Linear" in source.names_in(source.reached(student.syntax(words=True), "DenseScratch")):
        student.findings.notes.append(NAMES_LINEAR)
