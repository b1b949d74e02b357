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
OTHER_DEVICE = "That is not the device that was asked for: use the argument."
NOT_KEPT = "Tensor.to returns a new tensor, so keep what it returns: only Module.to works in place."
NOT_USED = "The tensor is on the CPU: give the device to the function that creates it, and return that tensor."
NOT_MOVED = "The tensor is still on the CPU: call .to with the device from the argument, and return its result."
FROM_INTS = "Ints give an int64 tensor unless you ask for dtype=torch.float32."
WIDE = "Keep float32: 64 bits are NumPy's and Python's habit, twice the memory, and slow on a GPU."
HALF = "Keep float32: with 16 bits only two or three digits of a number are right."
ROUNDED = "The numbers were rounded on the way: do not use a 16-bit dtype in between."
CONSTRUCTOR = "The number was taken for a size, as by torch.Tensor(n): use torch.tensor, in lower case."
ONE_NUMBER = "A single number gives a tensor of shape (): no brackets around it."
UNFILLED = "The shape is right, but the numbers are not those of data: create the tensor from data itself."
STILL_NUMPY = "That is still a NumPy array, and NumPy knows no devices: make a tensor of it."
STILL_A_LIST = "That is still a Python number or list: make a tensor of it, even of a single number."
FLAT = "Keep the nesting: n lists of m numbers make a tensor of shape (n, m)."
REFUSED = {
    "NotImplementedError: meta": "A tensor on meta holds no numbers: they cannot be read, or moved to another device.",
    **dict.fromkeys(
        [f"AttributeError: '{kind}' object has no attribute" for kind in ("list", "int", "float")],
        "Numbers and lists have no device and no .to(): make a tensor of them first.",
    ),
    **dict.fromkeys(
        ("TypeError: has no len()", "TypeError: is not iterable", "TypeError: is not subscriptable"),
        "data may be a single number, a list, or lists of lists: torch.tensor takes them all.",
    ),
    "TypeError: tensor() takes 1 positional argument": "torch.tensor takes only data by position: write dtype=… and "
    "device=….",
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
        about_cuda = any(word in raised.message for word in ("CUDA", "NVIDIA"))
        if raised.frames and refused and about_cuda and _names_cuda(student):
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
        for node in ast.walk(student.syntax(words=True))
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
            FROM_INTS: lambda got: got.shape == shape and got.dtype == "int64" and np.asarray(data).dtype.kind == "i",
            WIDE: lambda got: got.shape == shape and got.dtype == "float64",
            HALF: lambda got: got.shape == shape and got.dtype in ("float16", "bfloat16"),
        },
    )
    kind = device.split(":")[0]
    where = found.glance("device").split(":")[0]
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
    if _drops_a_result(student, name):
        return NOT_KEPT
    return NOT_USED if name == "create_direct" else NOT_MOVED


def _drops_a_result(student: Student, name: str) -> bool:
    """Whether some line of this function calls .to() or .cuda() and keeps nothing. It only chooses a sentence."""
    functions = [
        node for node in ast.walk(student.syntax(words=True)) if isinstance(node, ast.FunctionDef) and node.name == name
    ]
    lines = [node.value for function in functions for node in ast.walk(function) if isinstance(node, ast.Expr)]
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
        ROUNDED: lambda got: difference(got, right, rtol=1e-2) is None and _fits_in_16_bits(got.array),
        UNFILLED: lambda got: True,
    }
    expect.close(answer, right, rtol=EXACT, atol=EXACT, mistakes=known)


def _fits_in_16_bits(numbers: Any) -> bool:
    """Whether float32 numbers have no more digits than a 16-bit type holds: 10 of their 23 binary places, or 7."""
    return not (np.ascontiguousarray(numbers, "float32").view("uint32") & 0x1FFF).any()


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
                answer = asked(student, name, data, device)
                expect_made(student, answer, name, data, device)
                expect_device_used(student, name, answer.question, device)


def expect_device_used(student: Student, name: str, question: str, device: str) -> None:
    """The source has a use for the device: where the tensor is, only the worker says."""
    reading = student.reading(name)
    kind = device.split(":")[0]
    used = reading.fates(1) != set() or reading.says(kind)
    reading.expect(used, f"{question} was seen to give a tensor on {kind}")
