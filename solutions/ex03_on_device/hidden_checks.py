"""Hidden checks of ex03: other data, how the tensor came to the device, and what is left behind."""

from __future__ import annotations

import ast
from typing import Any

import numpy as np

from grader import Inputs, Student, StudentFault, Thing, check, difference, expect, show

from .checks import (
    FUNCTIONS,
    REFUSED,
    Data,
    asked,
    expect_numbers,
    far_devices,
    floats,
    guarded,
    ints,
    lost_on_the_way,
    real_devices,
)

EARLIER = "That is the tensor of an earlier call: make a new one from this call's data."
MADE_ELSEWHERE = "A tensor is made on the CPU on the way: give the device to the function that creates the result."
BORN_THERE = "The tensor is created on the device: make it on the CPU, then move it."
SAME_WAY = "Both functions make the tensor the same way; one must create it on the device, the other move it there."
SWAPPED = "The two functions are swapped: create_direct is the one that makes no tensor on the CPU."
MOVES = ("to", "cuda", "copy_", "_to_copy", "type", "mps", "xpu", "set_", "load", "loads")
CREATORS = (
    "tensor", "as_tensor", "asarray", "from_numpy", "Tensor", "FloatTensor", "full", "stack", "cat",
    *(f"{prefix}{kind}{suffix}" for kind in ("empty", "zeros", "ones") for prefix in ("", "new_")
      for suffix in ("", "_like")), "new_tensor", "new_full",
)  # fmt: skip
SETTERS = (
    ("set_default_device", "set_default_tensor_type"),
    ("set_default_dtype", "_set_default_dtype", "set_default_tensor_type"),
)
"""What sets a default device, and what a default dtype."""
OTHER_DTYPES = ("float64", "double", "float16", "half", "bfloat16", "DoubleTensor", "HalfTensor", "BFloat16Tensor")
LEFT_ON = "Later code gets these defaults: restore what was there before, or pass device= and dtype= instead."


@check("both functions take data of any depth, call after call", points=1, explain=REFUSED)
def other_data(student: Student, inputs: Inputs) -> None:
    seen: list[Any] = []
    many = [
        floats(inputs, 3, 2),
        floats(inputs, 3, 2),
        floats(inputs),
        [],
        ints(inputs, 2, 1, 2),
        [inputs.integer(-9, 9), thousandths(inputs), 10 ** inputs.integer(3, 6)],
        ints(inputs, 1, 1),
        -inputs.integer(1, 9),
    ]
    for data in many:
        for name in FUNCTIONS:
            # Between the others, so that what is kept from one call shows in the next.
            asked(student, name, data, "meta")
            for device in real_devices(student):
                known = dict.fromkeys([EARLIER], _is_one_of(list(seen)))
                expect_numbers(student, name, data, device, known)
        seen.append(data)


def thousandths(inputs: Inputs) -> float:
    """A float whose third decimal is not 0: one that is rounded to two decimals is another."""
    return round(inputs.integer(-99, 99) / 100 + inputs.integer(1, 9) / 1000, 3)


def _is_one_of(earlier: list[Data]) -> Any:
    return lambda got: any(difference(got, np.array(data, "float32")) is None for data in earlier)


def journey(student: Student, name: str, data: Data, device: str) -> tuple[dict[str, Any], str]:
    """How the student's function gets its tensor to the device (see probes.py), and the question in words."""
    question = f"{name}({show(data)}, {device!r})"
    function = getattr(student, name).get().value
    expect.that(isinstance(function, Thing) and function.callable, f"{name} is {show(function)}; expected a function.")
    student.probe("restore_defaults")
    found = guarded(student, lambda: student.probe("journey", function, data, device), question).value
    kind = device.split(":")[0]
    readable = isinstance(found, dict) and isinstance(found.get("elsewhere"), list)
    expect.that(readable, f"{question} gave an answer that the grader cannot read.")
    where = str(found.get("device"))[:20]
    expect.that(
        where == kind,
        f"{question} returned {f'a tensor on {where}' if where else 'no tensor'}; expected a tensor on {kind}.",
        mistake=lost_on_the_way(student, name, where) if where else None,
    )
    count = found.get("count")
    expect.that(count == np.size(data), f"{question} returned {show(count)} numbers; expected {np.size(data)}.")
    return found, question


def _other_way(student: Student, name: str, data: Data, device: str) -> dict[str, Any]:
    """The other function's journey, to tell functions that are alike from swapped ones; {} if it has none."""
    try:
        return journey(student, name, data, device)[0]
    except StudentFault:
        return {}


@check("create_direct() has no tensor elsewhere on the way", points=2, kind="W", explain=REFUSED)
def born_there(student: Student, inputs: Inputs) -> None:
    for device in far_devices(student):
        for data in (floats(inputs, 2, 2), ints(inputs, 3), floats(inputs)):
            found, question = journey(student, "create_direct", data, device)
            if found["elsewhere"]:
                names = ", ".join(str(name)[:40] for name in found["elsewhere"][:6])
                other = _other_way(student, "create_then_move", data, device) if found.get("moved") is True else {}
                alike = SAME_WAY if other.get("moved") is True else SWAPPED
                expect.that(
                    False,
                    f"In {question} a tensor was elsewhere than on {device}, in: {names}.",
                    mistake=alike if other else MADE_ELSEWHERE,
                )
            # That there was none, only the worker says: a source that does nothing with the device but move to it
            # speaks against that.
            reading = student.reading("create_direct")
            fates = reading.fates(1)
            borne = fates is None or (fates - {"to", "cuda"} if fates else reading.says(device.split(":")[0]))
            reading.expect(bool(borne), f"{question} was seen to move no tensor")


@check("create_then_move() makes a tensor on the CPU, and moves it", points=2, kind="W", explain=REFUSED)
def moved_there(student: Student, inputs: Inputs) -> None:
    for device in far_devices(student):
        for data in (floats(inputs, 2, 2), ints(inputs, 3), floats(inputs)):
            found, question = journey(student, "create_then_move", data, device)
            if found.get("moved") is not True:
                other = _other_way(student, "create_direct", data, device)
                alike = SWAPPED if other.get("moved") is True else SAME_WAY
                expect.that(
                    False,
                    f"In {question} the tensor that is returned was not moved to {device} from the CPU.",
                    mistake=alike if other else BORN_THERE,
                )
            # Two tensors need a move, or two calls that make one.
            reading = student.reading("create_then_move")
            two = reading.says(*MOVES) or len(reading.calls(*CREATORS)) > 1
            reading.expect(two, f"{question} was seen to move a tensor from the CPU")


@check("PyTorch's defaults are the same before and after", points=1, kind="W")
def defaults_restored(student: Student, inputs: Inputs) -> None:
    for device in ("meta", *real_devices(student)):
        for name in FUNCTIONS:
            data = floats(inputs, inputs.integer(2, 6))
            answer = asked(student, name, data, device)
            expect.tensor(answer, shape=(len(data),))  # what else there is to the tensor is other checks' matter
            left = student.probe("defaults").value
            expect.that(
                left == ["cpu", "float32"],
                f"After {answer.question} the default device and dtype are {show(left)}; "
                "expected ['cpu', 'float32'], as before.",
                mistake=LEFT_ON,
            )
            expect_put_back(student, name, answer.question)


def expect_put_back(student: Student, name: str, question: str) -> None:
    """The source leaves no other default: what the defaults are afterwards, only the worker says."""
    reading = student.reading(name)
    left = (reading.leaves(*setters) for setters in SETTERS)
    open_context = reading.says("__enter__") and not reading.says("__exit__", *SETTERS[0])
    put_back = not open_context and not any(_is_another(value, reading.takes(1)) for value in left)
    reading.expect(put_back, f"After {question} the default device and dtype were seen to be as before")


def _is_another(default: ast.expr | None, parameter: str | None) -> bool:
    """Whether a setter is given what is surely not PyTorch's own default: the device asked for, or another dtype."""
    match default:
        case ast.Name(id=name):
            return name == parameter
        case ast.Constant(value=str(name)):
            return not name.startswith("cpu")
        case ast.Attribute(attr=dtype):
            return dtype in OTHER_DTYPES
        case ast.Call(func=ast.Attribute(attr="device") | ast.Name(id="device"), args=[device, *_]):
            return _is_another(device, parameter)
        case _:
            return False
