"""Public checks of lab03. The truth is measured, on the torch that grades: torch is imported on this side, too."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import torch

from grader import CheckFailed, Inputs, Student, StudentRaised, check, expect, show

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

EVERYTHING = "Everything counts as saved: the errors that you catch have another reason, so print them."
UNSUMMED = (
    "Everything counts as saved where z has more than one number: backward() starts from one number, and raises for "
    "more. Start from z.sum()."
)
UPSTREAM = (
    "Everything counts as saved where z has another shape than x: what you hand to backward() must have z's shape."
)
LEAF = (
    "Every input counts as saved, so what raises is not op's doing: change v = leaf * 1, which nobody else has saved, "
    "and not the leaf itself. And no graph can be walked back twice."
)
NOTHING = (
    "Nothing ever raises: change the tensor itself, after op and before backward(), by a method that ends in _. "
    "`v = v + 1` makes another tensor, and `.data` hides the change from autograd."
)
INPUT_UNNOTICED = (
    "No input counts as saved: change the tensor that op was given, in place, after op and before backward(); `.data` "
    "hides the change from autograd."
)
OUTPUT_UNNOTICED = (
    "No output counts as saved: change the tensor that op has returned, in place, before backward(); `.data` hides the "
    "change from autograd."
)
ONE_TRY = (
    "Both answers are the same, True as soon as one of the two is saved: try input and output one at a time, each in a "
    "graph of its own."
)
SECOND_TRY = (
    "One answer is right, the other meets what the first try has left, which raises, too: give each try a fresh leaf "
    "and a fresh graph."
)
SWAPPED = "Input and output are swapped."
INPUT_TWICE = "Both answers are the input's: for the other one change what op has returned."
OUTPUT_TWICE = "Both answers are the output's: for the other one change what op was given."
TABLE = (
    "These operations are not in the chapter's lists, and all get one answer: find out by an experiment, which needs "
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
    "caught": "That is the very error that tells you the answer: try it, and catch the RuntimeError.",
    "scalar": "backward() starts from one number, and z may have more: z.sum().backward() works for any shape.",
    "leaf": "A leaf that requires grad refuses in-place changes whatever op does: change v = leaf * 1 instead.",
    "unwatched": "Autograd has watched nothing: x does not require grad, so make a leaf of it that does.",
    "twice": "A graph can be walked back once: make a fresh leaf and a fresh graph for each try.",
    "KeyError": "Not every operation is in the chapter's lists: find out by an experiment, which needs no names.",
}
"""What `ask` adds to an exception's classes, or one of these classes → its sentence."""
MESSAGES = {
    "modified by an inplace": "caught",
    "scalar outputs": "scalar",
    "leaf Variable": "leaf",
    "does not require grad": "unwatched",
    "a second time": "twice",
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


def ask(student: Student, op: Operation, x: np.ndarray[Any, Any]) -> Any:
    """What the student's function says of an operation; if it raises, with the kind of the error for `explain`."""
    try:
        return student.saves(student.make("operation", *op, called=called(op)), x)
    except StudentRaised as error:
        if "RuntimeError" in error.raised.bases:
            kinds = [kind for words, kind in MESSAGES.items() if words in error.raised.message]
            error.raised.bases[:0] = kinds
        raise


def expect_saved(
    student: Student, asked: Sequence[tuple[Operation, np.ndarray[Any, Any]]], default: str | None = None
) -> None:
    """Each operation is told right. Asked one by one, judged together: what all answers have in common tells most.

    Args:
        asked: operations, each with the tensor to try it on.
        default: a sentence for wrong answers that are all the same, if there is one.
    """
    answers = [ask(student, op, x) for op, x in asked]
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


@check("saves() is right for eight operations of the chapter", points=2, explain=EXPLAIN)
def known_operations(student: Student, inputs: Inputs) -> None:
    expect_saved(student, [((name, ()), inputs.uniform(3, low=0.1, high=0.9)) for name in KNOWN])
