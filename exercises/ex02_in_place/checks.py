"""Public checks of ex02: the values of both versions, what becomes of x, and whose memory it is. Truth is NumPy's."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

import numpy as np

from grader import Answer, Handle, Inputs, Student, Tensor, check, difference, expect

Array = np.ndarray[Any, Any]

OPERATIONS: dict[str, Callable[[Array], Array]] = {
    "exp": np.exp,
    "relu": lambda x: np.maximum(x, 0),
    "abs": np.abs,
    "sqrt": np.sqrt,
}
COPIED = "You changed a copy: the caller's tensor is untouched."
REBOUND = "You gave your local name to a new tensor; the caller's tensor is untouched."
UNTOUCHED = "The caller's tensor is untouched: use an operation that ends in _, which writes into x."
CALLERS = "You changed the caller's data: operations that end in _ write into x, and a second name for x is no copy."
REUSED = "An earlier result has changed: make a new tensor in every call."
RAISES = {
    **dict.fromkeys(
        ("AttributeError: 'Tensor' object has no attribute 'op", "AttributeError: module 'torch' has no attribute '_"),
        "The operations are methods, x.exp() and x.exp_(): getattr(x, op) finds the one that op names.",
    ),
    **dict.fromkeys(
        [f"KeyError: '{op}" for op in OPERATIONS], "op is one of the four strings 'exp', 'relu', 'abs' and 'sqrt'."
    ),
}


def numbers(inputs: Inputs, op: str, shape: tuple[int, ...]) -> Array:
    """Float32 values on which the operations all differ: both signs, or for sqrt positive ones; none near 0 or 1."""
    size = int(np.prod(shape))
    sizes = np.array([inputs.choice((1.0, 3.0)) * inputs.number(0.25, 0.75) for _ in range(size)])
    signs = np.ones(size) if op == "sqrt" else np.resize([1.0, -1.0], size)
    return (sizes * signs).astype("float32").reshape(shape)


def mixed_up(op: str, x: Array) -> dict[str, Any]:
    """Sentence → what another operation would give, or none."""
    with np.errstate(invalid="ignore"):
        others = {
            f"That is {name}, not {op}: apply the operation that op names.": function(x)
            for name, function in OPERATIONS.items()
            if name != op and difference(_as_answer(function(x)), OPERATIONS[op](x)) is not None
        }
    # First, since of positive numbers relu and abs give just these.
    return {f"These are the numbers of x, unchanged: {op} was never applied.": x, **others}


def _as_answer(x: Array) -> Tensor:
    return Tensor(x, str(x.dtype))


@check("both give exp, relu, abs and sqrt of every element", points=2, explain=RAISES)
def values(student: Student, inputs: Inputs) -> None:
    for op in inputs.sample([*OPERATIONS] * 2, 2 * len(OPERATIONS)):
        shape = inputs.choice(((4,), (2, 3), (2, 1, 3)))
        for function in (student.out_of_place, student.in_place):
            x = numbers(inputs, op, shape)
            answer = function(op, x)
            expect.tensor(answer, shape=shape)
            expect.close(answer, OPERATIONS[op](x), mistakes=mixed_up(op, x))


@check("out_of_place() leaves x as it was, in_place() overwrites it", points=2, explain=RAISES)
def overwriting(student: Student, inputs: Inputs) -> None:
    for op, operation in OPERATIONS.items():
        x, second = numbers(inputs, op, (2, 3)), numbers(inputs, op, (2, 3))
        right = operation(x)
        kept = student.make("tensor", x, called="x")
        result = student.out_of_place.new(op, kept)
        known: dict[str, Any] = {CALLERS: lambda got, right=right: difference(got, right) is None}
        expect.close(after(student, kept, result), x, rtol=0, atol=0, mistakes=known)
        expect_in_use(student, kept, x, known)

        at_first = student.fetch("read", result).value
        student.out_of_place(op, second)
        if difference(at_first, right) is None:  # what is wrong from the start is the other check's matter
            still = Answer(student.fetch("read", result).value, f"the result of {result}, after another call,")
            expect.close(still, right, mistakes={REUSED: operation(second)})

        overwritten = student.make("tensor", x, called="x")
        result = student.in_place.new(op, overwritten)
        expect.close(after(student, overwritten, result), right, mistakes={why_untouched(student): x})
        expect_in_use(student, overwritten, right, {})


def after(student: Student, x: Handle, call: Handle) -> Answer:
    """The values of a tensor that was handed to a call, once it has returned."""
    return Answer(student.glance("read", x).value, f"{x}, after {call},")


def expect_in_use(student: Student, x: Handle, numbers: Array, mistakes: dict[str, Any]) -> None:
    """A tensor holds these numbers: what is read of it, one may believe or not, but a later call computes with them.

    As it does with a fresh tensor of the same numbers; whether the values are right is the other check's matter.
    """
    of_fresh = student.out_of_place("exp", numbers).value
    if isinstance(of_fresh, Tensor):
        expect.close(student.out_of_place("exp", x), of_fresh.array, mistakes=mistakes)


COPYING = {"clone", "contiguous", "copy", "deepcopy", "tensor", "reshape", "flatten"}
"""Methods and functions that copy, some of them only when they must."""


def why_untouched(student: Student) -> str:
    """What in_place() does instead, as one reads it. It only chooses between sentences."""
    for node in ast.walk(student.syntax(words=True)):
        if isinstance(node, ast.FunctionDef) and node.name == "in_place":
            arguments = [argument.arg for argument in node.args.args]
            inside = list(ast.walk(node))
            called = {_name_of(part.func) for part in inside if isinstance(part, ast.Call)}
            bound = {
                part.id for part in inside if isinstance(part, ast.Name) and isinstance(part.ctx, ast.Store)
            } & set(arguments[1:])
            return COPIED if called & COPYING and any(map(_writes, inside)) else REBOUND if bound else UNTOUCHED
    return UNTOUCHED


def _writes(part: ast.AST) -> bool:
    """Whether this writes into some tensor or array: relu_(), getattr(x, op + "_"), x[...] = or out=."""
    return (
        (isinstance(part, ast.Attribute) and part.attr.endswith("_"))
        or (isinstance(part, ast.Constant) and isinstance(part.value, str) and part.value.endswith("_"))
        or (isinstance(part, ast.Subscript) and isinstance(part.ctx, ast.Store))
        or (isinstance(part, ast.keyword) and part.arg == "out")
    )


def _name_of(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


ITSELF = "A tensor shares its memory with itself."
ELEMENTS = "This compares the elements one by one: ask where they are stored, not what they are."
MADE_APART = "These two tensors were created separately, each in its own memory."


@check("same_memory() says True of x and x, and False of two tensors that were made separately", points=1)
def same_memory_form(student: Student, inputs: Inputs) -> None:
    # Of different sizes: who asks for them, and not for the memory, is told so by the pairs that have the same.
    x = student.make("tensor", numbers(inputs, "abs", (4,)), called="x")
    y = student.make("tensor", numbers(inputs, "abs", (5, 2)), called="y")
    expect.close(
        student.same_memory(x, x),
        True,
        mistakes={ITSELF: False, ELEMENTS: lambda got: got.dtype == "bool" and got.shape == (4,)},
    )
    expect.close(student.same_memory(x, y), False, mistakes={MADE_APART: True})
