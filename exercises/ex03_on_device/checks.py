"""Public checks of ex03: the numbers, and the device. Truth is NumPy's; the device `meta` stands in for a GPU."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

import numpy as np

from grader import Answer, Inputs, Student, StudentRaised, Tensor, check, cut, difference, expect, show

FUNCTIONS = ("create_direct", "create_then_move")
EXACT = 1e-6
"""Relative: half a unit in the last place of float32 is 6e-8, and data only makes one step."""

HARD_CODED = 'It asks for "cuda" whatever the argument says, which fails without a GPU: use the argument.'
OTHER_DEVICE = "That is another device than the one asked for: use the argument."
NOT_KEPT = "Tensor.to returns a new tensor, so keep what it returns: only Module.to works in place."
NOT_USED = "The tensor is born on the CPU: give the device to the function that creates it."
NOT_MOVED = "The tensor is still on the CPU: return what .to gives, and give it the device that the argument names."
FROM_INTS = "Ints give an int64 tensor unless you ask for dtype=torch.float32."
WIDE = "Keep float32: 64 bits are NumPy's and Python's habit, twice the memory, and slow on a GPU."
HALF = "Keep float32: with 16 bits the numbers are right to two or three digits only."
ROUNDED = "The numbers were rounded on the way: do not go through a type of 16 bits."
CONSTRUCTOR = "torch.Tensor(n) makes n numbers that nobody has filled in: use torch.tensor, in small letters."
ONE_NUMBER = "A single number gives a tensor of shape (): no brackets around it."
UNFILLED = "The shape is right, but the numbers are not those of data: torch.empty and its kin only make room for them."
STILL_NUMPY = "That is still a NumPy array, and NumPy knows no devices: make a tensor of it."
STILL_A_LIST = "That is still Python's own data: make a tensor of it, also of a single number."
FLAT = "Keep the nesting: n lists of m numbers make a tensor of shape (n, m)."
REFUSED = {
    "NotImplementedError: meta": "A tensor on meta holds no numbers: none can be read from it, or moved elsewhere.",
    **dict.fromkeys(
        [f"AttributeError: '{kind}' object has no attribute" for kind in ("list", "int", "float")],
        "Numbers and lists have no device, and no .to(): make a tensor of them first.",
    ),
    "TypeError": "data is a number, a list, or lists of lists, and torch.tensor takes them all; the rest goes "
    "by keyword.",
}

Data = float | list[Any]


def real_devices(student: Student) -> list[str]:
    """The devices with numbers: the CPU, and the one that is graded on."""
    return list(dict.fromkeys(["cpu", student.device]))


def far_devices(student: Student) -> list[str]:
    """The devices to which one must move: meta, and the accelerator that is graded on."""
    return ["meta", *(device for device in real_devices(student) if device != "cpu")]


def asked(student: Student, name: str, data: Data, device: str) -> Answer:
    """What the student's function gives, under PyTorch's own defaults."""
    student.probe("restore_defaults")
    return guarded(student, lambda: getattr(student, name)(data, device), f"{name}({show(data)}, {device!r})")


def guarded(student: Student, ask: Callable[[], Answer], question: str) -> Answer:
    """Ask, and explain what CUDA's name in the source does on a machine without it."""
    try:
        return ask()
    except StudentRaised as fault:
        raised = fault.raised
        refused = (
            bool({"RuntimeError", "AssertionError"} & set(raised.bases)) and "NotImplementedError" not in raised.bases
        )
        if raised.frames and refused and _names_cuda(student):
            last = raised.frames[-1]
            expect.that(
                False, f"{question} raised {cut(raised.type_name, 80)} in line {last.line}.", mistake=HARD_CODED
            )
        raise StudentRaised(raised, question) from None


def _names_cuda(student: Student) -> bool:
    """Whether the source asks for CUDA by name. It only chooses a sentence."""
    return any(
        (isinstance(node, ast.Attribute) and node.attr == "cuda")
        or (isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.startswith("cuda"))
        for node in ast.walk(student.syntax())
    )


def expect_made(student: Student, answer: Answer, name: str, data: Data, device: str) -> Tensor:
    """The answer is a float32 tensor of data's shape on the device."""
    shape = np.shape(data)
    found = expect.tensor(
        answer,
        shape=shape,
        dtype="float32",
        mistakes={
            STILL_NUMPY: lambda got: got.is_array,
            STILL_A_LIST: lambda got: isinstance(got, list | tuple | int | float) and not isinstance(got, bool),
            CONSTRUCTOR: lambda got: shape == () and got.shape == (data,),
            ONE_NUMBER: lambda got: shape == () and got.shape == (1,),
            FLAT: lambda got: len(shape) > 1 and got.shape == (int(np.prod(shape)),),
            FROM_INTS: lambda got: got.shape == shape and got.dtype.startswith("int"),
            WIDE: lambda got: got.shape == shape and got.dtype == "float64",
            HALF: lambda got: got.shape == shape and got.dtype in ("float16", "bfloat16"),
        },
    )
    kind = device.split(":")[0]
    where = found.device.split(":")[0]
    expect.that(
        where == kind,
        f"{answer.question} returned a tensor on {where[:20]}; expected it on {kind}.",
        mistake=lost_on_the_way(student, name, where),
        evidence={"asked": answer.question, "got": where[:20], "expected": kind},
    )
    return found


def lost_on_the_way(student: Student, name: str, where: str) -> str:
    """The sentence for a tensor that is somewhere else than it should be."""
    if where != "cpu":
        return OTHER_DEVICE
    if _drops_a_result(student):
        return NOT_KEPT
    return NOT_USED if name == "create_direct" else NOT_MOVED


def _drops_a_result(student: Student) -> bool:
    """Whether some line of the source calls .to() or .cuda() and keeps nothing. It only chooses a sentence."""
    lines = [node.value for node in ast.walk(student.syntax()) if isinstance(node, ast.Expr)]
    called = [node.func for node in lines if isinstance(node, ast.Call)]
    return any(isinstance(function, ast.Attribute) and function.attr in ("to", "cuda") for function in called)


def expect_numbers(
    student: Student, name: str, data: Data, device: str, mistakes: dict[str, Any] | None = None
) -> None:
    """The student's function gives such a tensor, and it holds data."""
    answer = asked(student, name, data, device)
    expect_made(student, answer, name, data, device)
    right = np.array(data, "float32")
    known = {
        **(mistakes or {}),
        ROUNDED: lambda got: difference(got, right, rtol=1e-2) is None,
        UNFILLED: lambda got: True,
    }
    expect.close(answer, right, rtol=EXACT, atol=EXACT, mistakes=known)


def ints(inputs: Inputs, *shape: int) -> Any:
    """Nested lists of ints of this shape."""
    return np.array(inputs.integers(int(np.prod(shape)), 2, 60)).reshape(shape).tolist()


def floats(inputs: Inputs, *shape: int) -> Any:
    """Nested lists of floats of this shape."""
    return np.array(inputs.numbers(int(np.prod(shape)), -9, 9)).round(1).reshape(shape).tolist()


@check("both functions give float32 tensors with the numbers of data", points=3, explain=REFUSED)
def numbers(student: Student, inputs: Inputs) -> None:
    for device in real_devices(student):
        for data in (floats(inputs, 2, 3), ints(inputs, 4), inputs.integer(2, 6)):
            for name in FUNCTIONS:
                expect_numbers(student, name, data, device)


@check("both functions give a tensor on the device asked for", points=1, kind="W", explain=REFUSED)
def right_device(student: Student, inputs: Inputs) -> None:
    for device in far_devices(student):
        for data in (floats(inputs, 2, 2), floats(inputs, 3)):
            for name in FUNCTIONS:
                expect_made(student, asked(student, name, data, device), name, data, device)
