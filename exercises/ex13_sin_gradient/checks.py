"""Public checks of ex13. The truth is calculus in float64; nothing here imports torch."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from grader import Inputs, Student, check, difference, expect, number_of

TOLERANCE = 1e-3
"""Absolute and relative: float32 is off by 3e-6 at (1.2, 3.4), and by up to 2e-4 where x²y is large."""

IS_NONE = "A gradient is None: set requires_grad=True on every variable, and call backward() before you read .grad."
READING = ("item", "tolist", "numpy", "detach", "clone", "float", "data", "zero_")
"""What is asked of a .grad."""
NONE_WAS_READ = (
    *(f"AttributeError: 'NoneType' object has no attribute '{name}'" for name in READING),
    "TypeError: must be a string or a real number, not 'NoneType'",
)
"""What Python says of a .grad that is None."""
NOT_FLOAT = {
    **dict.fromkeys(NONE_WAS_READ, IS_NONE),
    "AttributeError: 'NoneType' object has no attribute 'grad'": (
        "backward() returns None: call it, then read the .grad of each variable."
    ),
}
ACCUMULATED = "`.grad` accumulates: this answer contains earlier ones. Make fresh leaves in every call."


def partials(x: float, y: float) -> tuple[float, float]:
    """(∂f/∂x, ∂f/∂y) of sin(x²y): (2xy cos(x²y), x² cos(x²y))."""
    c = math.cos(x * x * y)
    return 2 * x * y * c, x * x * c


def mistakes_at(x: float, y: float) -> dict[str, object]:
    """Sentence → what that mistake gives at this point."""
    inner, right = x * x * y, partials(x, y)
    radians = math.pi / 180
    by_parts = math.cos(x * x)
    return {
        "You returned (∂f/∂y, ∂f/∂x): the two partial derivatives are swapped.": right[::-1],
        "The inner factor of the chain rule is missing: cos(x²y) is only the outer one.": (math.cos(inner),) * 2,
        "The sine is of x²y: this is the gradient of sin(x²)·y.": (2 * x * y * by_parts, math.sin(x * x)),
        "Only x is squared: this is the gradient of sin((xy)²).": (
            2 * x * y * y * math.cos((x * y) ** 2),
            2 * x * x * y * math.cos((x * y) ** 2),
        ),
        "PyTorch's sin takes radians, so no conversion from degrees is needed.": tuple(
            value * radians for value in _with_inner(x, y, inner * radians)
        ),
        "The sign is wrong: the derivative of sin is cos, without a minus.": tuple(-value for value in right),
        "That is the value of f; return its slopes.": lambda got: _is_height(got, math.sin(inner)),
        "∂f/∂y is missing: set requires_grad=True on every variable.": lambda got: _lacks(got, 1),
        "∂f/∂x is missing: set requires_grad=True on every variable.": lambda got: _lacks(got, 0),
    }


def _with_inner(x: float, y: float, inner: float) -> tuple[float, float]:
    return 2 * x * y * math.cos(inner), x * x * math.cos(inner)


def _is_height(got: object, height: float) -> bool:
    found = number_of(got[0] if isinstance(got, list | tuple) and got else got)
    return found is not None and abs(found - height) < TOLERANCE


def _lacks(got: object, index: int) -> bool:
    return isinstance(got, list | tuple) and len(got) == 2 and got[index] is None


@check("gradient_at(1.2, 3.4) is (1.48986, 0.262917)", points=2, explain=NOT_FLOAT)
def known_point(student: Student, inputs: Inputs) -> None:
    truth = partials(1.2, 3.4)
    answer = student.gradient_at(1.2, 3.4)
    known = mistakes_at(1.2, 3.4)
    if difference(answer.value, truth, rtol=TOLERANCE, atol=TOLERANCE) is not None:
        # Leaves that were used before answer for that, too: once more, and the answer has grown by the gradient.
        known = {ACCUMULATED: has_grown(answer.value, student.gradient_at(1.2, 3.4).value, truth), **known}
    expect.close(answer, truth, rtol=TOLERANCE, atol=TOLERANCE, mistakes=known)


def has_grown(first: object, second: object, truth: tuple[float, float]) -> Callable[[object], bool]:
    """A predicate: whether the second answer is the first one and the gradient once more."""

    def grown(got: object) -> bool:
        before, now = (np.array([number_of(item) for item in value], "float64") for value in (first, second))  # type: ignore[attr-defined]
        return difference(list(now - before), truth, rtol=TOLERANCE, atol=TOLERANCE) is None

    return grown


@check("sin_x2y() takes tensors and gives a tensor of their shape", points=1)
def function_values(student: Student, inputs: Inputs) -> None:
    for shape in ((), (5,), (2, 3)):
        x = inputs.uniform(*shape, low=-2, high=2)
        y = inputs.uniform(*shape, low=-2, high=2)
        answer = student.sin_x2y(np.asarray(x), np.asarray(y))
        expect.tensor(answer, shape=shape)
        inner = x.astype("float64") ** 2 * y
        expect.close(
            answer,
            np.sin(inner),
            rtol=TOLERANCE,
            atol=TOLERANCE,
            mistakes={
                "The sine is of x²y: this is sin(x²)·y.": np.sin(x.astype("float64") ** 2) * y,
                "PyTorch's sin takes radians, so no conversion from degrees is needed.": np.sin(inner * math.pi / 180),
            },
        )
