"""Hidden checks of ex14: gradients, initialisation, and that both classes agree. Truth is NumPy's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from grader import Answer, Handle, Inputs, Student, check, expect

from .checks import BATCH, CHANGING, STALE, Array, computed_from, linear, own_parameters, sizes, truth

NO_GRADIENT = (
    "The values are right, but the gradient is missing: .data, detach(), no_grad() and requires_grad=False stop it."
)
NO_INPUT_GRADIENT = "No gradient reaches x, so the layers before this one would learn nothing: do not detach the input."
NOT_MASKED = "The gradient passes where the ReLU is off: it must be 0 there."
CUT_OFF = "Large values are cut off: a ReLU has no upper end."
KINK = 1e-3
"""How far from 0 the ReLU's input is kept, where its slope depends on rounding."""


def gradients(student: Student, name: str, inputs: Inputs) -> None:
    """Gradients of sum(output * upstream) by W, b and x, for x of ranks 2 and 3."""
    for leading in ((BATCH,), (2, BATCH)):
        n_in, n_out = sizes(inputs)
        weight, bias, x = smooth_case(inputs, leading, n_in, n_out)
        upstream = inputs.normal(*leading, n_out)
        layer = getattr(student, name).new(n_in, n_out)
        layer.load(weight, bias)
        found = layer.backward(x, upstream=upstream)
        # The ReLU lets the upstream gradient through where its input is positive, and nowhere else.
        through, x_rows = np.where(linear(x, weight, bias) > 0, upstream, 0.0), x.reshape(-1, n_in)
        rows, unmasked = through.reshape(-1, n_out), upstream.reshape(-1, n_out)
        asked = {
            "W": (found.of_shape((n_out, n_in)).value, rows.T @ x_rows, unmasked.T @ x_rows, NO_GRADIENT),
            "b": (found.of_shape((n_out,)).value, rows.sum(0), unmasked.sum(0), NO_GRADIENT),
            "x": (next(iter(found.inputs), None), through @ weight, upstream @ weight, NO_INPUT_GRADIENT),
        }
        for letter, (got, right, without_mask, nothing) in asked.items():
            expect.close(
                Answer(got, f"the gradient of {letter} in {layer}"),
                right.astype("float32"),
                rtol=1e-3,
                atol=1e-3,
                mistakes={nothing: lambda value: value is None, NOT_MASKED: without_mask},
            )


def smooth_case(inputs: Inputs, leading: tuple[int, ...], n_in: int, n_out: int) -> tuple[Array, Array, Array]:
    """W, b and x for which no neuron is so near 0 that rounding could decide whether its ReLU is on."""
    while True:
        weight, bias, x = inputs.normal(n_out, n_in), inputs.normal(n_out), inputs.normal(*leading, n_in)
        if np.abs(linear(x, weight, bias)).min() > KINK:
            return weight, bias, x


def initialisation(student: Student, name: str, inputs: Inputs) -> None:
    """The rows of a fresh W are not all alike, and what it answers shows that."""
    n_in, n_out = sizes(inputs)
    makes = getattr(student, name).get().value
    layer = student.make("made_in_unwritten_memory", makes, n_in, n_out, called=f"{name}({n_in}, {n_out})")
    weight, bias = (np.asarray(values, "float64") for values in own_parameters(layer, n_in, n_out))
    expect.that(
        _all_finite(weight, bias),
        f"The parameters of a fresh {layer} are not all finite numbers.",
        mistake="Fill the parameters: torch.empty holds whatever was in memory before.",
    )
    expect.that(
        not _rows_alike(weight) and neurons_differ(layer, n_in, n_out),
        f"The {n_out} rows of W, one for each neuron, are all the same in a fresh {layer}.",
        mistake="Every neuron computes the same thing, and always will: fill W with random numbers.",
    )


SCALES = (1e1, 1e3, 1e6)
"""How far out a fresh layer is asked: the largest tells small weights from b, the smallest is before any upper end."""


def neurons_differ(layer: Handle, n_in: int, n_out: int) -> bool:
    """Whether a fresh layer's answers, and nothing that it says of its weights, tell its neurons apart.

    Along an axis a neuron rises by its weight a step, on one side, once b does not count: neurons that rise alike
    along all axes have one W. Who draws an answer has another one when asked again.
    """

    def steps_at(scale: float) -> Steps:
        near, far = scale * np.eye(n_in), 2 * scale * np.eye(n_in)
        x = np.concatenate([far, near, -far, -near]).astype("float32")
        given = expect.tensor(layer.forward(x), shape=(len(x), n_out)).array.astype("float64")
        at_far, at_near, at_minus_far, at_minus_near = np.split(np.nan_to_num(given), 4)
        return Steps(np.concatenate([at_near, at_minus_near]), np.concatenate([at_far, at_minus_far]))

    farthest = steps_at(SCALES[-1])

    def tells(scale: float) -> bool:
        steps, again = steps_at(scale), steps_at(scale)
        expect.that(
            bool(np.abs(steps.rises - again.rises).max() <= 1e-3 * np.abs(steps.rises).max()),
            f"A fresh {layer} answered the same rows differently.",
            mistake=CHANGING,
        )
        # Where b alone has turned one of two neurons off, they rise unlike, too: it would be on farther out.
        on, off = np.minimum(steps.near, steps.far) > 0, np.maximum(steps.near, steps.far) <= 0
        plain = on | off & (farthest.far <= 0)
        apart = np.where(plain, steps.rises, -np.inf).max(axis=1) - np.where(plain, steps.rises, np.inf).min(axis=1)
        return bool(apart.max() > max(1e-12, 1e-5 * float(np.abs(steps.rises).max())))

    return any(map(tells, SCALES))


@dataclass(frozen=True)
class Steps:
    """What each neuron answers at the near and at the far end of a step along each axis, to either side."""

    near: Array
    far: Array

    @property
    def rises(self) -> Array:
        """By how much more at the far end."""
        return self.far - self.near


def _rows_alike(matrix: Array) -> bool:
    """Whether all rows are the same. What is smaller than 1e-12 is memory that was never filled, not random numbers."""
    return bool(np.ptp(matrix, axis=0).max() <= max(1e-12, 1e-6 * float(np.abs(matrix).max())))


@check("Dense sends the right gradients back to W, b and x", points=2, after="dense_forward")
def dense_gradients(student: Student, inputs: Inputs) -> None:
    gradients(student, "Dense", inputs)


@check("the neurons of a fresh Dense differ", points=1, after="dense_structure")
def dense_initialisation(student: Student, inputs: Inputs) -> None:
    initialisation(student, "Dense", inputs)


@check("DenseScratch sends the right gradients back to W, b and x", points=2, after="scratch_forward")
def scratch_gradients(student: Student, inputs: Inputs) -> None:
    gradients(student, "DenseScratch", inputs)


@check("the neurons of a fresh DenseScratch differ", points=1, after="scratch_structure")
def scratch_initialisation(student: Student, inputs: Inputs) -> None:
    initialisation(student, "DenseScratch", inputs)


@check("both classes agree once the parameters are copied across", points=2, after=("dense_forward", "scratch_forward"))
def both_agree(student: Student, inputs: Inputs) -> None:
    n_in, n_out = sizes(inputs)
    dense, scratch = student.Dense.new(n_in, n_out), student.DenseScratch.new(n_in, n_out)
    # Values of every size: a layer that saturates, or rounds, agrees on small ones only.
    x = 100 * inputs.normal(BATCH, n_in)
    ours, before = (inputs.normal(n_out, n_in), inputs.normal(n_out)), None
    own = own_parameters(dense, n_in, n_out)
    # Dense's own parameters first (unless they were never filled), then others, when both have answered already: no
    # weights at all, for which a layer may have an answer of its own, too.
    zeros = np.zeros((n_out, n_in), "float32"), inputs.normal(n_out)
    for weight, bias in [own, zeros, ours] if _all_finite(*own) else [zeros, ours]:
        dense.load(weight, bias)
        scratch.load(weight, bias)
        right = truth(x, weight, bias)
        atol = 1e-5 * max(1.0, float(np.abs(x).max() * np.abs(weight).max() + np.abs(bias).max()))
        known: dict[str, Any] = {CUT_OFF: lambda got, right=right, atol=atol: _is_cut_off(got.array, right, atol)}
        if before is not None:
            known = {STALE: computed_from(x, before, (weight, bias), atol), **known}
        for layer in (dense, scratch):
            expect.close(layer.forward(x), right, atol=atol, mistakes=known)
        before = weight, bias


def _all_finite(*arrays: Array) -> bool:
    """Whether float32 can hold all the numbers."""
    return all(bool((np.abs(np.asarray(array, "float64")) < np.finfo("float32").max).all()) for array in arrays)


def _is_cut_off(got: Array, right: Array, atol: float) -> bool:
    return bool(np.allclose(got, np.minimum(right, got.max()), rtol=1e-4, atol=atol))
