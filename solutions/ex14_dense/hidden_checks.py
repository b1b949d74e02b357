"""Hidden checks of ex14: gradients, initialisation, and that both classes agree. Truth is NumPy's."""

from __future__ import annotations

from typing import Any

import numpy as np
from public_checks import sizes

from grader import Inputs, Student, Tensor, check, expect

NO_GRADIENT = "The values are right, but the gradient is missing: .data, detach() or no_grad() cuts the graph."


def gradients(student: Student, name: str, inputs: Inputs) -> None:
    """dL/dW, dL/db and dL/dx of L = sum(output * upstream), for batches of ranks 2 and 3."""
    for leading in ((7,), (2, 4)):
        n_in, n_out = sizes(inputs)
        layer = getattr(student, name).new(n_in, n_out)
        weight, bias = inputs.normal(n_out, n_in), inputs.normal(n_out)
        x, upstream = inputs.normal(*leading, n_in), inputs.normal(*leading, n_out)
        layer.load(weight, bias)
        found = layer.backward(x, upstream=upstream)
        # The ReLU lets the upstream gradient through where its input is positive, and nowhere else.
        through = np.where(x @ weight.T + bias > 0, upstream, 0).astype("float32")
        rows, x_rows = through.reshape(-1, n_out), x.reshape(-1, n_in)
        missing = {NO_GRADIENT: _is_none, "The gradient passes where the ReLU is off.": _unmasked(upstream, x_rows)}
        expect.close(found.of_shape((n_out, n_in)), rows.T @ x_rows, rtol=1e-3, atol=1e-4, mistakes=missing)
        expect.close(found.of_shape((n_out,)), rows.sum(0), rtol=1e-3, atol=1e-4, mistakes={NO_GRADIENT: _is_none})


def _is_none(got: Any) -> bool:
    return got is None


def _unmasked(upstream: np.ndarray[Any, Any], x_rows: np.ndarray[Any, Any]) -> np.ndarray[Any, Any]:
    return upstream.reshape(-1, upstream.shape[-1]).T @ x_rows


def initialisation(student: Student, name: str, inputs: Inputs) -> None:
    """Fresh neurons answer differently from each other, on a batch of 64."""
    n_in, n_out = sizes(inputs)
    layer = getattr(student, name).new(n_in, n_out)
    answer = layer.forward(inputs.normal(64, n_in))
    output = expect.tensor(answer, shape=(64, n_out)).array
    expect.that(
        bool(np.isfinite(output).all()),
        f"A fresh {layer} gives values that are not finite.",
        mistake="The parameters were never filled: torch.empty holds whatever was in memory.",
    )
    same = np.allclose(output, output[:, :1], rtol=1e-4, atol=1e-5)
    expect.that(
        not same,
        f"All {n_out} neurons of a fresh {layer} give the same output on 64 random samples.",
        mistake="Every neuron computes the same thing, and will forever: initialise W with random numbers.",
    )


@check("Dense sends the right gradients back to W and b", points=2, after="dense_forward")
def dense_gradients(student: Student, inputs: Inputs) -> None:
    gradients(student, "Dense", inputs)


@check("the neurons of a fresh Dense differ", points=1, after="dense_structure")
def dense_initialisation(student: Student, inputs: Inputs) -> None:
    initialisation(student, "Dense", inputs)


@check("DenseScratch sends the right gradients back to W and b", points=2, after="scratch_forward")
def scratch_gradients(student: Student, inputs: Inputs) -> None:
    gradients(student, "DenseScratch", inputs)


@check("the neurons of a fresh DenseScratch differ", points=1, after="scratch_structure")
def scratch_initialisation(student: Student, inputs: Inputs) -> None:
    initialisation(student, "DenseScratch", inputs)


@check("both classes agree when they have the same parameters", points=2, after=("dense_forward", "scratch_forward"))
def both_agree(student: Student, inputs: Inputs) -> None:
    n_in, n_out = sizes(inputs)
    # Values of every size: a layer that saturates, or rounds, agrees on small ones only.
    weight, bias, x = inputs.normal(n_out, n_in), inputs.normal(n_out), inputs.normal(16, n_in) * 100
    truth = np.maximum(x @ weight.T + bias, 0)
    for name in ("Dense", "DenseScratch"):
        layer = getattr(student, name).new(n_in, n_out)
        layer.load(weight, bias)
        answer = layer.forward(x)
        expect.close(answer, truth, rtol=1e-4, atol=1e-2, mistakes={"Large values are cut off.": _is_cut(truth)})


def _is_cut(truth: np.ndarray[Any, Any]) -> Any:
    return lambda got: isinstance(got, Tensor) and got.array.size > 0 and float(got.array.max()) < truth.max() / 2
