"""Public checks of ex01: a known gradient, tensors of arrays, the device, the table. Truth is calculus and NumPy's."""

from __future__ import annotations

import ast
from collections.abc import Sequence
from typing import Any

import numpy as np

from grader import Answer, Handle, Inputs, Student, StudentRaised, Tensor, check, difference, expect, number_of, show

TOLERANCE = 1e-4
"""Absolute and relative, for gradients: float32 is off by less than 1e-5 here, 16 bits by ten times this."""

ACCUMULATED = "The second answer contains the first, since `.grad` adds up: make a fresh leaf in every call."
NO_GRADIENT = (
    "Is .grad None? backward() fills only the .grad of the very tensor that you made with requires_grad=True and "
    "gave to f."
)
DIFFERENTIATING = {
    "AttributeError: 'NoneType' object has no attribute 'grad'": (
        "backward() returns None: call it, then read the .grad of the tensor that you gave to f."
    ),
    "AttributeError: NoneType": NO_GRADIENT,
    **dict.fromkeys(
        ("RuntimeError: does not require grad", "RuntimeError: not have been used in the graph"),
        "The tensor needs requires_grad=True before f sees it, and backward() starts at what f returns.",
    ),
    **dict.fromkeys(
        ("RuntimeError: converted to Scalar", "RuntimeError: cannot be converted", "ValueError: converted"),
        "Read several numbers with .tolist(): .item() and float() take a single one.",
    ),
    **dict.fromkeys(
        (
            "TypeError: one tensor with one dimension",
            "TypeError: sum_of_cubes.<locals>.<lambda>() ",
            "TypeError: of_vector.<locals>.<lambda>() ",
        ),
        "f takes one tensor with one dimension: hand it the whole point at once.",
    ),
}


def expect_gradient(
    student: Student, f: Handle, point: list[float], value: float, truth: Sequence[float], known: dict[str, Any]
) -> None:
    """The same question twice, and both answers are the gradient; `known` are mistakes of this function alone."""
    first, second = student.gradient_of(f, point), student.gradient_of(f, point)
    mistakes: dict[str, Any] = {
        ACCUMULATED: lambda got: _grows(first.value, second.value, truth),
        "That is the value f(x); return its slopes.": lambda got: _is_height(got, value),
        "The slopes are added up: return one number for each component of x.": lambda got: (
            len(truth) > 1 and difference(got, float(sum(truth)), rtol=TOLERANCE, atol=TOLERANCE) is None
        ),
        "That is the slope in one component only: return one number for each.": lambda got: (
            len(truth) > 1 and _is_one_of(got, truth)
        ),
        "That is the point x itself; after backward() the slopes are in its .grad.": tuple(point),
        "That is a tensor in a list or tuple (torch.autograd.grad returns such a tuple): return the tensor.": (
            _is_tensor_in_a_tuple
        ),
        NO_GRADIENT: lambda got: isinstance(got, list | tuple) and None in got,
        **known,
    }
    for answer in (first, second):
        expect.close(answer, tuple(truth), rtol=TOLERANCE, atol=TOLERANCE, mistakes=mistakes)


def _grows(first: Any, second: Any, truth: Sequence[float]) -> bool:
    """Whether the second answer is the first one and the gradient once more."""
    before, now = (np.array([number_of(item) for item in _items(value)], "float64") for value in (first, second))
    with np.errstate(invalid="ignore"):  # answers may be infinite
        once_more = list(now - before)
    return difference(once_more, list(truth), rtol=TOLERANCE, atol=TOLERANCE) is None


def _items(value: Any) -> list[Any]:
    return value.array.tolist() if isinstance(value, Tensor) else list(value)


def _is_height(got: Any, height: float) -> bool:
    found = number_of(got[0] if isinstance(got, list | tuple) and len(got) == 1 else got)
    return found is not None and abs(found - height) <= 10 * TOLERANCE * max(1.0, abs(height))


def _is_tensor_in_a_tuple(got: Any) -> bool:
    return isinstance(got, list | tuple) and len(got) == 1 and isinstance(got[0], Tensor) and len(got[0].shape) == 1


def _is_one_of(got: Any, truth: Sequence[float]) -> bool:
    found = number_of(got[0] if isinstance(got, list | tuple) and len(got) == 1 else got)
    return found is not None and min(abs(found - slope) for slope in truth) <= 10 * TOLERANCE


@check("gradient_of() differentiates the sum of cubes", points=2, explain=DIFFERENTIATING)
def cubes(student: Student, inputs: Inputs) -> None:
    f = student.make("sum_of_cubes", called="sum_of_cubes")
    for size in (3, 2, 4, 3):
        point = telling_point(inputs, size)
        expect_gradient(student, f, point, sum(x**3 for x in point), [3 * x * x for x in point], {})


def telling_point(inputs: Inputs, size: int) -> list[float]:
    """A point whose coordinates are neither small nor alike in size."""
    while True:
        point = inputs.numbers(size, -2, 2)
        sizes = sorted(map(abs, point))
        if sizes[0] > 0.3 and min(np.diff(sizes), default=1) > 0.05:
            return point


def array(inputs: Inputs, shape: tuple[int, ...], dtype: str) -> Tensor:
    """A NumPy array to be sent: numbers of three decimals, or whole ones, none of them 0."""
    count = int(np.prod(shape))
    numbers = inputs.integers(count, 1, 99) if dtype == "int64" else inputs.numbers(count, 0.5, 9.5)
    return Tensor(np.array(numbers, dtype).reshape(shape), dtype, is_array=True)


STILL_AN_ARRAY = "That is still a NumPy array: make a tensor of it."
NOT_ITS_DTYPE = "The view must have the array's own dtype: converting it makes a copy."
NOT_FLOAT32 = "NumPy's default is 64 bits, deep learning uses 32: give the copy dtype=torch.float32."
WHOLE_NUMBERS = "The copy must be float32 whatever the array holds, even whole numbers: say dtype=torch.float32."


@check("both tensors have the array's values, and the right dtypes", points=1)
def arrays(student: Student, inputs: Inputs) -> None:
    for shape, dtype in (((2, 3), "float64"), ((5,), "float32"), ((2, 2), "int64"), ((4,), "float64")):
        a = array(inputs, shape, dtype)
        view, copy = student.shared_view(a), student.independent_copy(a)
        still = {STILL_AN_ARRAY: lambda got: isinstance(got, Tensor) and got.is_array}
        expect.tensor(view, mistakes=still)
        expect.close(view, a.array, rtol=0, atol=0, dtype=dtype, mistakes={NOT_ITS_DTYPE: _is_of_another(dtype)})
        expect.tensor(copy, mistakes=still)
        known = {WHOLE_NUMBERS if dtype == "int64" else NOT_FLOAT32: _is_of_another("float32")}
        expect.close(copy, a.array.astype("float32"), rtol=0, atol=0, dtype="float32", mistakes=known)


def _is_of_another(dtype: str) -> Any:
    return lambda got: got.dtype != dtype


MACHINES = {
    "a machine with a CUDA GPU": ("cuda", "cuda"),
    "an Apple computer with its GPU": ("mps", "mps"),
    "a machine without a GPU, with a PyTorch built for CUDA": (None, "cuda"),
}
"""What a student reads → the accelerator that is there, and the one that torch was built for."""
OVERLOOKED = {
    "cuda": "This machine has a CUDA GPU: ask torch.cuda.is_available() in every call.",
    "mps": "This machine has an Apple GPU: when there is no CUDA, ask torch.backends.mps.is_available().",
}
TRIED_OUT = "Do not try a device out: is_available() says enough, and nothing can be made on a pretended GPU."
NOT_THERE = (
    "This machine has no such device, even if PyTorch was built for it: ask is_available(), with its parentheses."
)
ASKING = {
    "AttributeError: NoneType": (
        "Without an accelerator, current_accelerator(check_available=True) is None: return 'cpu' then."
    ),
    **dict.fromkeys(
        (
            "RuntimeError: CUDA",
            "AssertionError: CUDA",
            "RuntimeError: MPS",
            "RuntimeError: mps",
            "RuntimeError: NVIDIA",
        ),
        "Do not try a device out, it may not be there: ask torch.cuda.is_available() and the like.",
    ),
}


@check("best_device() names what is there, here and elsewhere", points=1, kind="W", explain=ASKING)
def device(student: Student, inputs: Inputs) -> None:
    # Where we grade on a GPU, it is there; else only the worker's torch can say what it sees.
    here = student.probe("available_here").value if student.device == "cpu" else student.device.split(":")[0]
    tried = tries_it_out(student)
    expect_device(student.best_device(), here if here in ("cuda", "mps") else "cpu", tried=tried)
    function = student.best_device.get().value
    answers: dict[str, list[Answer]] = {machine: [] for machine in MACHINES}
    for machine in inputs.sample([*MACHINES, *MACHINES], 2 * len(MACHINES)):
        question = f"best_device() on {machine}"
        try:
            answer = student.fetch("ask_on_machine", function, *MACHINES[machine])
        except StudentRaised as error:
            raise StudentRaised(error.raised, question) from None
        answers[machine].append(Answer(answer.value, question))
    # Asked in any order, judged in one: what is wrong with all of them is best said of the first.
    for machine, (accelerator, _) in MACHINES.items():
        for answer in answers[machine]:
            expect_device(answer, accelerator or "cpu", tried=tried)


def tries_it_out(student: Student) -> bool:
    """Whether best_device() makes something on a device inside a `try`. It only chooses between sentences."""
    return any(
        isinstance(call, ast.Call) and _names_a_device(call)
        for node in ast.walk(student.syntax(words=True))
        if isinstance(node, ast.FunctionDef) and node.name == "best_device"
        for part in ast.walk(node)
        if isinstance(part, ast.Try)
        for statement in part.body
        for call in ast.walk(statement)
    )


def _names_a_device(call: ast.Call) -> bool:
    moves = isinstance(call.func, ast.Attribute) and call.func.attr in ("to", "cuda")
    return moves or any(keyword.arg == "device" for keyword in call.keywords)


def expect_device(answer: Answer, truth: str, *, tried: bool) -> None:
    """The answer names this device, with or without a number."""
    value = answer.value
    if isinstance(value, str) and value.split(":")[0] == truth:
        return
    expect.that(
        isinstance(value, str),
        f"{answer.question} returned {show(value)}; expected a name.",
        mistake=_not_a_name(value),
    )
    expect.close(
        answer,
        truth,
        mistakes={
            TRIED_OUT: lambda got: tried and truth != "cpu" and got.split(":")[0] in ("cpu", "cuda"),
            NOT_THERE: lambda got: truth == "cpu" and got.split(":")[0] in ("cuda", "mps", "xpu"),
            OVERLOOKED.get(truth, ""): lambda got: truth != "cpu" and got.split(":")[0] in ("cpu", "cuda"),
            "The devices' names are 'cuda', 'mps' and 'cpu'.": lambda got: (
                got.split(":")[0] not in ("cuda", "mps", "cpu")
            ),
        },
    )


def _not_a_name(value: Any) -> str | None:
    if value is None:
        return "Your function returned None: return the name."
    return "Return the name as a string: 'cuda', 'mps' or 'cpu'."


IDS = (
    "accelerators",
    "autograd",
    "broadcasting",
    "compile",
    "float32",
    "layers",
    "linear_algebra",
    "loaders",
    "nd_arrays",
    "optimizers",
)
LACKING = "Something that PyTorch adds is missing from EXTRAS."


@check("EXTRAS is a set of ids from the table, and autograd is one of them", points=1)
def extras_form(student: Student, inputs: Inputs) -> None:
    value = student.EXTRAS.get().value
    well_formed = isinstance(value, set | frozenset | list | tuple) and all(isinstance(item, str) for item in value)
    expect.that(
        well_formed,
        f"EXTRAS is {show(value)}; expected a set of ids.",
        mistake='Write the ids as strings in braces: {"…", "…"}.',
    )
    found = set(value)
    expect.that(bool(found), "EXTRAS is empty.", mistake="EXTRAS is still empty: put the ids into it.")
    unknown = sorted(found - set(IDS))
    expect.that(
        not unknown,
        f"EXTRAS has {show(unknown[0] if unknown else '')}, which is none of the ten ids: {', '.join(IDS)}.",
    )
    expect.that("autograd" in found, LACKING, mistake="Think again: what remembers how a number was computed?")
