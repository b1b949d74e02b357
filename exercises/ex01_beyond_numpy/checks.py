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
    "Is .grad None? backward() fills it, and only that of the very tensor that you made with requires_grad=True and "
    "gave to f."
)
DIFFERENTIATING = {
    "AttributeError: NoneType": NO_GRADIENT,
    **dict.fromkeys(
        ("RuntimeError: does not require grad", "RuntimeError: not have been used in the graph"),
        "The tensor needs requires_grad=True before f sees it, and backward() starts at what f returns.",
    ),
    **dict.fromkeys(
        ("RuntimeError: converted to Scalar", "RuntimeError: cannot be converted", "ValueError: converted"),
        "Several numbers are read with .tolist(): .item() is for one.",
    ),
    **dict.fromkeys(
        ("TypeError: one tensor with one dimension", "TypeError: positional argument"),
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
        "That is f(x), the height; the slopes were asked for.": lambda got: _is_height(got, value),
        "Those are added up: give one number for every component of x.": float(sum(truth)),
        "That is the slope in one component alone: give one number for each.": lambda got: (
            len(truth) > 1 and _is_one_of(got, truth)
        ),
        "That is x itself, the point; the slopes wait in its .grad.": tuple(point),
        "torch.autograd.grad gives a tuple, with one tensor for one leaf: take that tensor out.": _is_tensor_in_a_tuple,
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
NOT_ITS_DTYPE = "The view has the array's own dtype: converting it makes a copy."
NOT_FLOAT32 = (
    "NumPy's numbers have 64 bits unless told otherwise, deep learning's 32: give the copy dtype=torch.float32."
)
WHOLE_NUMBERS = "The copy is float32 whatever the array holds, whole numbers too: say dtype=torch.float32."


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
    "cuda": "There is a GPU: ask torch.cuda.is_available(), anew in every call.",
    "mps": "Apple's GPU counts, too: ask torch.backends.mps.is_available() when there is no CUDA.",
}
TRIED_OUT = "Do not try a device out: what is_available() says is enough, and on a pretended GPU nothing can be made."
NOT_THERE = "None is there, even if this PyTorch was built for it: ask is_available(), with its parentheses."
ASKING = {
    "AttributeError: NoneType": "Where nothing is there, current_accelerator(check_available=True) is None: say 'cpu'.",
    **dict.fromkeys(
        (
            "RuntimeError: CUDA",
            "AssertionError: CUDA",
            "RuntimeError: MPS",
            "RuntimeError: mps",
            "RuntimeError: NVIDIA",
        ),
        "Do not try a device out, it may not be there: ask torch.cuda.is_available() and its like.",
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
            answer = student.probe("ask_on_machine", function, *MACHINES[machine])
        except StudentRaised as error:
            raise StudentRaised(error.raised, question) from None
        answers[machine].append(Answer(answer.value, question))
    # Asked in any order, judged in one: what is wrong with all of them is best said of the first.
    for machine, (accelerator, _) in MACHINES.items():
        for answer in answers[machine]:
            expect_device(answer, accelerator or "cpu", tried=tried)


def tries_it_out(student: Student) -> bool:
    """Whether best_device() catches what a device that is not there raises. It only chooses between sentences."""
    return any(
        isinstance(part, ast.Try)
        for node in ast.walk(student.syntax())
        if isinstance(node, ast.FunctionDef) and node.name == "best_device"
        for part in ast.walk(node)
    )


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
        return "Your function returned None: hand the name back with `return`."
    return "Give the name as a text: 'cuda', 'mps' or 'cpu'."


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
LACKING = "EXTRAS lacks something that PyTorch adds."


@check("EXTRAS is a set of ids from the table, and autograd is one of them", points=1)
def extras_form(student: Student, inputs: Inputs) -> None:
    value = student.EXTRAS.get().value
    well_formed = isinstance(value, set | frozenset | list | tuple) and all(isinstance(item, str) for item in value)
    expect.that(
        well_formed,
        f"EXTRAS is {show(value)}; expected a set of ids.",
        mistake='Write the ids as texts in braces: {"…", "…"}.',
    )
    found = set(value)
    expect.that(bool(found), "EXTRAS is empty.", mistake="EXTRAS is still to be written.")
    unknown = sorted(found - set(IDS))
    expect.that(
        not unknown,
        f"EXTRAS has {show(unknown[0] if unknown else '')}, which is none of the ten ids: {', '.join(IDS)}.",
    )
    expect.that("autograd" in found, LACKING, mistake="Think again: who remembers how a number came about?")
