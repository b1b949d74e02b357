"""Public checks of ex06: nn.Linear(100, 200). The truth is the formula; nothing here imports torch."""

from __future__ import annotations

import math
from typing import Any

from grader import Answer, Inputs, Student, StudentRaised, Tensor, check, difference, expect, show

Shape = tuple[int, ...]
KNOWN = (100, 200)
"""n_in and n_out of the public checks."""
ONE_LAYER_ONLY = "That belongs to nn.Linear(100, 200): compute it from n_in and n_out in every call."
THE_TENSOR = "That is the tensor itself: return its shape."


def facts(n_in: int, n_out: int) -> dict[str, Any]:
    """What nn.Linear(n_in, n_out) has: it computes x @ weight.T + bias."""
    return {"neurons": n_out, "weight_shape": (n_out, n_in), "bias_shape": (n_out,), "n_params": n_out * n_in + n_out}


def output(n_in: int, n_out: int, shape: Shape) -> Shape | None:
    """The output's shape; None where the last dimension is not n_in, or there is none."""
    return (*shape[:-1], n_out) if shape and shape[-1] == n_in else None


def mistaken_facts(n_in: int, n_out: int) -> dict[str, dict[str, Any]]:
    """Key → sentence → what that mistake gives."""
    per_output = f"There is one neuron per output, so {n_out}."
    weights, biases = n_in * n_out, n_out
    return {
        "neurons": {per_output: lambda got: got in (n_in, n_in + n_out, n_in * n_out, 1)},
        "weight_shape": {
            "The weight has one row per neuron: PyTorch stores the transpose.": (n_in, n_out),
            "The weight is a matrix, one row per neuron: it has two dimensions.": lambda got: (
                difference(got, (weights,)) is None or difference(got, weights) is None
            ),
        },
        "bias_shape": {
            "The bias is a vector with one number per neuron.": lambda got: any(
                difference(got, wrong) is None for wrong in ((n_out, 1), (1, n_out), (1,), (), (n_in,), n_out, 1)
            )
        },
        "n_params": {
            f"Count {weights:,} weights plus {biases} biases.": lambda got: (
                got in (weights, biases, weights + n_in, weights + 1)
            ),
            "That is the number of tensors: count the numbers in them.": 2,
        },
    }


def _has_shape(got: Any, shape: Any) -> bool:
    return isinstance(got, Tensor) and got.shape == shape


def expect_facts(answer: Answer, n_in: int, n_out: int) -> None:
    """The answer is a dict with the four facts; more keys do no harm."""
    truth, mistakes = facts(n_in, n_out), mistaken_facts(n_in, n_out)
    got: Any = answer.value
    expect.that(
        isinstance(got, dict),
        f"{answer.question} returned {show(got)}; expected a dict with the keys {', '.join(truth)}.",
        mistake="Your function returned None: return the dict." if got is None else None,
    )
    for key, right in truth.items():
        elsewhere = {ONE_LAYER_ONLY: facts(*KNOWN)[key], THE_TENSOR: lambda got, right=right: _has_shape(got, right)}
        expect.that(key in got, f"{answer.question} returned {show(got)}; the key {key!r} is missing.")
        expect.equal(Answer(got[key], f"{answer.question}[{key!r}]"), right, mistakes=elsewhere | mistakes[key])


LAST = "Only the *last* dimension must equal n_in."
REFUSED = "PyTorch refuses this input, since its last dimension is not n_in: the answer is None."
TAKEN = "PyTorch takes this input: only the *last* dimension must equal n_in, and it does."
ANY_LEADING = "An input may have any number of leading dimensions, even none: only the last one counts."
A_NUMBER = "A tensor without dimensions has no last dimension, so PyTorch refuses it: the answer is None."
NO_ERROR = "PyTorch refuses this input: return None instead of raising an error."
RAISES = {
    "IndexError: index out of range": "An input may have any number of dimensions, even none: input_shape[-1] is the "
    "last.",
    "ValueError: values to unpack": ANY_LEADING,
}


def ask_output(student: Student, n_in: int, n_out: int, shape: Shape) -> Answer:
    """output_shape() of the student; an error for an input that PyTorch refuses is named."""
    try:
        return student.output_shape(n_in, n_out, shape)
    except StudentRaised as fault:
        kinds = {"RuntimeError", "ValueError", "AssertionError", "IndexError"} & set(fault.raised.bases)
        refused = output(n_in, n_out, shape) is None and kinds and "NotImplementedError" not in fault.raised.bases
        sentence = NO_ERROR if shape else A_NUMBER
        raise StudentRaised(fault.raised, fault.question, sentence if refused else None) from None


def expect_output(answer: Answer, n_in: int, n_out: int, shape: Shape) -> None:
    """The answer is the output's shape for an input of this shape."""
    truth = output(n_in, n_out, shape)
    expect.equal(answer, truth, mistakes=_refused(shape, n_in) if truth is None else _taken(shape, truth, n_in, n_out))


def _refused(shape: Shape, n_in: int) -> dict[str, Any]:
    sentence = A_NUMBER if not shape else LAST if n_in in shape else REFUSED
    return {
        sentence: lambda got: isinstance(got, list | tuple),
        "Return None, and nothing else, when PyTorch refuses the input.": lambda got: got is not None,
    }


def _taken(shape: Shape, truth: Shape, n_in: int, n_out: int) -> dict[str, Any]:
    leading = shape[:-1]
    plain = TAKEN if len(shape) == 2 else ANY_LEADING
    return {
        ("An empty batch is a batch, too: no rows in, no rows out." if 0 in shape else plain): lambda got: got is None,
        THE_TENSOR: lambda got: _has_shape(got, truth),
        "A tuple of one number needs a comma: (n,).": lambda got: not leading and difference(got, n_out) is None,
        "A single sample stays a single sample: no dimension is added.": lambda got: (
            not leading and difference(got, (1, n_out)) is None
        ),
        "The leading dimensions stay as they are, one by one.": lambda got: (
            difference(got, (math.prod(leading), n_out)) is None or difference(got, truth[-2:]) is None
        ),
        "The last dimension becomes n_out; nothing else changes.": lambda got: isinstance(got, list | tuple),
    }


@check("linear_facts(100, 200) is right", points=2)
def known_facts(student: Student, inputs: Inputs) -> None:
    expect_facts(student.linear_facts(*KNOWN), *KNOWN)


@check("output_shape(100, 200, …) is right for a batch, a sample and a misfit", points=2, explain=RAISES)
def known_shapes(student: Student, inputs: Inputs) -> None:
    shapes = ((32, 100), (100,), (32, 99), (100, 32), (7, 200), (4, 25, 100))
    answers = [ask_output(student, *KNOWN, shape) for shape in shapes]
    expect.that(
        any(answer.value is not None for answer in answers),
        f"output_shape() returned None for all of these: {', '.join(map(str, shapes))}.",
        mistake="Does output_shape() return the shape? Printing it is not enough.",
    )
    for answer, shape in zip(answers, shapes, strict=True):
        expect_output(answer, *KNOWN, shape)
