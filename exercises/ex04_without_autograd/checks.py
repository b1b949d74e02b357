"""Public checks of ex04: the values, and that they carry no graph. Truth is NumPy's; nothing here imports torch."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from grader import Answer, Handle, Inputs, Student, check, difference, expect, show

Array = np.ndarray[Any, Any]

WAYS = ("way_1", "way_2", "way_3")
NOTHING_RETURNED = "Your function returned None: return fn's result."
NOT_CALLED = "That is a function, not a result: call fn on a tensor while recording is off."
OTHER_SHAPE = "Return fn's result as it is, in the shape of x, and compute it anew in every call."
KEPT = "That is the result of an earlier call: compute it anew in every call."
OTHER_VALUES = "These are not the values of fn(x): call fn with x's numbers, and return its result."
IS_X = "These are the numbers of x: call fn, and return its result."
NO_TENSOR = "Return fn's result as it is: a tensor that does not require grad, not another type."
STILL_A_GRAPH = "The result still requires grad: compute it while nothing is recorded."
CONTEXTS = {
    **dict.fromkeys(
        (
            "TypeError: context manager",
            "TypeError: fn takes a tensor, not a builtin_function_or_method",
        ),
        "A pair of parentheses is missing: write torch.no_grad() and x.detach().",
    ),
    "TypeError: Watched.__call__()": "fn takes one tensor, and nothing else.",
    **dict.fromkeys(
        ("RuntimeError: Can't call numpy()", "RuntimeError: only change requires_grad flags of leaf"),
        "PyTorch refuses this for a tensor that is being recorded: stop the recording before fn runs, not afterwards.",
    ),
    "RuntimeError: a leaf Variable that requires grad": "PyTorch refuses to write into x, which requires grad: compute "
    "with x, and leave it as it is.",
}
SWITCHED_OFF = "You switched autograd off for the rest of the program: `with` restores the old state."
X_CHANGED = "You changed the caller's variable: x must still require grad afterwards."
X_OVERWRITTEN = "You changed the numbers in x: compute with them, and leave them as they are."
GRAD_CHANGED = "x.grad has changed: do not call backward(), and clear nothing."


@dataclass(frozen=True)
class Case:
    """fn and x in the worker, and what they come to.

    Attributes:
        fn, x: the handles.
        values: of x, float32. result: of fn(x). slope: of fn at x, elementwise.
    """

    fn: Handle
    x: Handle
    values: Array
    result: Array
    slope: Array


def new_case(student: Student, inputs: Inputs, *shape: int) -> Case:
    """A random fn and a random x of this shape; autograd is on."""
    a, b = round(inputs.number(0.5, 2), 1), round(inputs.number(0.5, 2), 1)
    values = np.array(inputs.uniform(*shape, low=-2, high=2).round(1))
    wide = values.astype("float64")
    student.probe("switch_on")
    x = student.make("leaf", values, called=f"x = {show(values)}")
    return Case(
        student.make("watched", a, b, x, called=f"fn: t → {a}·sin(t) + {b}·t²"),
        x,
        values,
        (a * np.sin(wide) + b * wide**2).astype("float32"),
        (a * np.cos(wide) + 2 * b * wide).astype("float32"),
    )


def shapes(inputs: Inputs) -> list[tuple[int, ...]]:
    """A vector, a matrix and a number."""
    return [(inputs.integer(2, 4),), (2, inputs.integer(2, 3)), ()]


def ask(student: Student, inputs: Inputs, way: str, shape: tuple[int, ...]) -> tuple[Case, Answer]:
    """Go one way on a new case: the case, and the answer, a tensor of the right values."""
    case = new_case(student, inputs, *shape)
    answer = getattr(student, way)(case.fn, case.x)
    known: dict[str, Any] = {
        NOTHING_RETURNED: lambda got: got is None,
        NOT_CALLED: lambda got: got.callable,
        NO_TENSOR: lambda got: isinstance(got, float | list | tuple) or got.is_array,
        IS_X: lambda got: difference(got, case.values) is None,
    }
    expect.tensor(answer, shape=shape, mistakes={**known, OTHER_SHAPE: lambda got: bool(got.dtype)})
    expect.close(answer, case.result, mistakes={**known, OTHER_VALUES: lambda got: True})
    return case, answer


def _near(got: Any, wrong: Array) -> bool:
    return difference(got, wrong, rtol=1e-3, atol=1e-3) is None


def values_without_graph(student: Student, inputs: Inputs, way: str) -> None:
    """The values are those of fn(x), and no gradient goes through them: that of (way(fn, x) * x).sum() shows it."""
    for shape in shapes(inputs):
        _, answer = ask(student, inputs, way, shape)
        case = new_case(student, inputs, *shape)
        result = getattr(student, way).new(case.fn, case.x)
        found = student.fetch("gradient_beside", result, case.x).value
        slope = Answer(found, f"the gradient of ({answer.question} * x).sum() by x")
        through = case.result + case.values * case.slope, 2 * case.result  # as if it were x itself
        expect.close(
            slope,
            case.result,
            rtol=1e-3,
            atol=1e-3,
            mistakes={
                STILL_A_GRAPH: lambda got, through=through: any(_near(got, wrong) for wrong in through),
                KEPT: lambda got, kept=answer.value: _near(got, kept.array),
            },
        )


@check("way_1() gives the values of fn(x), which do not require grad", points=1, explain=CONTEXTS)
def values_1(student: Student, inputs: Inputs) -> None:
    values_without_graph(student, inputs, "way_1")


@check("way_2() gives the values of fn(x), which do not require grad", points=1, explain=CONTEXTS)
def values_2(student: Student, inputs: Inputs) -> None:
    values_without_graph(student, inputs, "way_2")


@check("way_3() gives the values of fn(x), which do not require grad", points=1, explain=CONTEXTS)
def values_3(student: Student, inputs: Inputs) -> None:
    values_without_graph(student, inputs, "way_3")


@check("x still gets its gradient afterwards", points=1, after=(values_1, values_2, values_3))
def x_as_before(student: Student, inputs: Inputs) -> None:
    for shape in shapes(inputs):
        for way in WAYS:
            case = new_case(student, inputs, *shape)
            kept = np.array(inputs.normal(*shape))
            student.probe("set_gradient", case.x, kept)
            answer = getattr(student, way)(case.fn, case.x)
            found = student.glance("looks", case.x).value
            gradient = student.fetch("learn", case.fn, case.x).value
            # backward() adds to what was there: one number shows both.
            learned = Answer(gradient, f"x.grad, after {answer.question} and fn(x).sum().backward(),")
            expect.close(learned, kept + case.slope, rtol=1e-3, atol=1e-3, mistakes=_reasons(found, kept, case.values))


def _reasons(found: dict[Any, Any], kept: Array, values: Array) -> dict[str, Any]:
    """The sentence for what the worker says of x, which chooses words only."""
    return {
        SWITCHED_OFF: lambda got: found.get("on") is False,
        X_CHANGED: lambda got: found.get("requires_grad") is False,
        GRAD_CHANGED: lambda got: difference(found.get("grad"), kept) is not None,
        X_OVERWRITTEN: lambda got: difference(found.get("values"), values) is not None,
    }
