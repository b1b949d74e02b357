"""Public checks of lab03. The truth is measured, on the torch that grades: torch is imported on this side, too."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import torch

from grader import CheckFailed, Inputs, Student, check, expect, show

Operation = tuple[str, tuple[float, ...]]
"""Its name, as a method of tensors or in torch.nn.functional, and the arguments after the tensor."""
Saved = tuple[bool, bool]
"""Whether the input is saved, and whether the output."""
Truth = tuple[bool, bool, bool]
"""Both, and whether the output is a single number."""

CHAPTER: dict[str, tuple[str, ...]] = {
    "output": ("exp", "relu", "rsqrt", "sigmoid", "sqrt", "tan", "tanh"),
    "input": ("abs", "cos", "log", "sin", "square", "var"),
    "both": ("max", "min", "norm", "prod", "sgn", "std"),
    "neither": ("ceil", "floor", "mean", "round", "sum"),
}
"""The operations of the chapter's four lists."""
KNOWN = ("sin", "exp", "max", "sum", "log", "tanh", "std", "floor")
"""Two of each list, for the public check."""

EVERYTHING = "You report everything as saved: the errors that you catch have another cause, so print them."
UNSUMMED = (
    "You report everything as saved when z has more than one number: backward() starts from a single number, and "
    "raises an error otherwise. Start from z.sum()."
)
UPSTREAM = (
    "You report everything as saved when z and x differ in shape: what you pass to backward() must have the shape of z."
)
LEAF = (
    "You report every input as saved, so the error has another cause: change v = leaf * 1, which nothing else saves, "
    "not the leaf itself, and go backward only once through each graph."
)
NOTHING = (
    "You report nothing as saved: after op and before backward(), change the tensor itself, by a method that ends in "
    "_. `v = v + 1` makes another tensor, and `.data` hides the change."
)
INPUT_UNNOTICED = (
    "You report no input as saved: change the tensor that op was given, in place, after op and before backward(). "
    "`.data` hides the change from autograd."
)
OUTPUT_UNNOTICED = (
    "You report no output as saved: change the tensor that op returned, in place, before backward(). `.data` hides the "
    "change from autograd."
)
ONE_TRY = (
    "Both your answers are True if either of the two is saved: try input and output one at a time, each with its own "
    "graph."
)
SECOND_TRY = (
    "One answer is right, but the other is disturbed by what the first try left behind: give each try a fresh leaf and "
    "a fresh graph."
)
SWAPPED = "You swapped input and output."
INPUT_TWICE = "Both answers are about the input: for the output, change the tensor that op returned."
OUTPUT_TWICE = "Both answers are about the output: for the input, change the tensor that op was given."
TABLE = (
    "You give the same answer for all operations that are not in the chapter's lists: use an experiment, which needs "
    "no names."
)

HABITS: tuple[tuple[str, Callable[[bool, bool, bool], Saved]], ...] = (
    (SWAPPED, lambda into, out, single: (out, into)),
    (INPUT_TWICE, lambda into, out, single: (into, into)),
    (OUTPUT_TWICE, lambda into, out, single: (out, out)),
    (NOTHING, lambda into, out, single: (False, False)),
    (EVERYTHING, lambda into, out, single: (True, True)),
    (LEAF, lambda into, out, single: (True, out)),
    (INPUT_UNNOTICED, lambda into, out, single: (False, out)),
    (OUTPUT_UNNOTICED, lambda into, out, single: (into, False)),
    (ONE_TRY, lambda into, out, single: (into or out, into or out)),
    (SECOND_TRY, lambda into, out, single: (into, True)),
    (SECOND_TRY, lambda into, out, single: (into, into or out)),
    (SECOND_TRY, lambda into, out, single: (into or out, out)),
    (UNSUMMED, lambda into, out, single: (into, out) if single else (True, True)),
    (UNSUMMED, lambda into, out, single: (True, out if single else True)),
    (UPSTREAM, lambda into, out, single: (True, True) if single else (into, out)),
)
"""A mistake's sentence, and what it answers: given the truth, and whether the output is a single number."""

EXPLAIN = {
    "RuntimeError: modified by an inplace": (
        "This is the very error that tells you the answer: call backward() inside try, and catch the RuntimeError."
    ),
    "RuntimeError: scalar outputs": (
        "backward() starts from a single number, and z may have more: z.sum().backward() works for any shape."
    ),
    "RuntimeError: leaf Variable": (
        "A leaf that requires grad refuses in-place changes, whatever op does: change v = leaf * 1 instead."
    ),
    "RuntimeError: does not require grad": (
        "Autograd watched nothing: x does not require grad, so make a leaf from it that does."
    ),
    "RuntimeError: a second time": (
        "You can go backward through a graph only once: create a fresh leaf and a fresh graph for each try."
    ),
    "KeyError": "Not every operation is in the chapter's lists: use an experiment, which needs no names.",
}


def truth(op: Operation, x: np.ndarray[Any, Any]) -> Truth:
    """What an operation saves, by the experiment that the exercise asks for."""
    name, arguments = op
    method = getattr(torch.Tensor, name, None) or getattr(torch.nn.functional, name)
    found = []
    for which in (0, 1):
        v = torch.from_numpy(x.copy()).requires_grad_() * 1
        z = method(v, *arguments)
        (v, z)[which].add_(1)
        try:
            z.sum().backward()
            found.append(False)
        except RuntimeError:
            found.append(True)
    return found[0], found[1], z.dim() == 0


def called(op: Operation) -> str:
    """An operation in a student's words."""
    name, arguments = op
    if hasattr(torch, name) and not arguments:
        return f"torch.{name}"
    inner = [f"{value:g}" for value in arguments]
    is_method = hasattr(torch.Tensor, name)
    return f"lambda v: v.{name}({', '.join(inner)})" if is_method else f"lambda v: F.{name}({', '.join(['v', *inner])})"


def expect_saved(
    student: Student, asked: Sequence[tuple[Operation, np.ndarray[Any, Any]]], default: str | None = None
) -> None:
    """Each operation is told right. Asked one by one, judged together: what all answers have in common tells most.

    Args:
        asked: operations, each with the tensor to try it on.
        default: a sentence for wrong answers that are all the same, if there is one.
    """
    answers = [student.saves(student.make("operation", *op, called=called(op)), x) for op, x in asked]
    truths = [truth(op, x) for op, x in asked]
    read = []
    for answer, right in zip(answers, truths, strict=True):
        value = answer.value
        # The form first: anything else than a dict of two bools is a mistake of its own.
        if not _is_form(value):
            expect.close(answer, {"input": right[0], "output": right[1]})
        read.append((_bool(value["input"]), _bool(value["output"])))
    if read == [right[:2] for right in truths]:
        return
    sentence = default if default and len(set(read)) == 1 else _habit(read, truths)
    wrong = next(place for place, right in enumerate(truths) if read[place] != right[:2])
    expected = {"input": truths[wrong][0], "output": truths[wrong][1]}
    got = {"input": read[wrong][0], "output": read[wrong][1]}
    raise CheckFailed(
        f"{answers[wrong].question} returned {show(got)}; expected {show(expected)}.",
        mistake=sentence,
        evidence={"asked": answers[wrong].question, "got": show(got), "expected": show(expected)},
    )


def _is_form(value: Any) -> bool:
    return isinstance(value, dict) and set(value) == {"input", "output"} and None not in map(_bool, value.values())


def _bool(value: Any) -> bool | None:
    if isinstance(value, bool):
        return value
    dtype, shape = getattr(value, "dtype", None), getattr(value, "shape", None)
    return bool(value.array) if dtype == "bool" and shape == () and not value.meta else None


def _habit(read: list[Saved], truths: list[Truth]) -> str | None:
    """The mistake that explains all answers."""
    return next((text for text, habit in HABITS if read == [habit(*right) for right in truths]), None)


@check("saves() is right for eight of the chapter's operations", points=2, explain=EXPLAIN)
def known_operations(student: Student, inputs: Inputs) -> None:
    expect_saved(student, [((name, ()), inputs.uniform(3, low=0.1, high=0.9)) for name in KNOWN])
