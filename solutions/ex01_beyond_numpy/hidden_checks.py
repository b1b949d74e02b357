"""Hidden checks of ex01: any function's gradient, whose memory a tensor looks into, and what PyTorch adds."""

from __future__ import annotations

from typing import Any

from grader import Answer, Inputs, Student, check, difference, expect, expression

from .checks import DIFFERENTIATING, LACKING, array, expect_gradient, telling_point

ESTIMATED = "This is an estimate, which sees no slope in a flat step: let autograd compute the slope."
CUBES_ONLY = "This is the gradient of the sum of cubes: differentiate the f that you are given."


@check(
    "gradient_of() differentiates any function, flat steps too",
    points=3,
    after="cubes",
    explain=DIFFERENTIATING,
)
def functions(student: Student, inputs: Inputs) -> None:
    for size in inputs.sample([1, 2, 3, 4, 2, 3], 6):
        function = random_function(inputs, size)
        names = expression.NAMES[:size]
        f = student.make("of_vector", function, called=f"f([{', '.join(names)}]) = {function.expression.text}")
        point = telling_point(inputs, size)
        value, truth = function.expression.value_and_gradient(point)
        known = {
            CUBES_ONLY: [3 * x * x for x in point],
            ESTIMATED: lambda got, function=function, point=point: _looks_estimated(got, function, point),
        }
        expect_gradient(student, f, point, value, truth, known)


def random_function(inputs: Inputs, size: int) -> expression.Function:
    """A polynomial of random coefficients in all its variables, and a step that has a slope for autograd alone."""
    first, *others = [expression.variable(index) for index in inputs.sample(range(size), size)]
    total: expression.Expression = inputs.number(1, 3) * expression.straight_through(first)
    total = total - inputs.number(0.5, 1.5) * expression.square(first) * first
    for one in others:
        total = total + inputs.number(0.5, 1.5) * one * first
    return total.function(size)


def _looks_estimated(got: object, f: expression.Function, point: list[float]) -> bool:
    """Whether the answer is what central differences see, to whom the step is flat."""

    def value(at: list[float]) -> float:
        return f.expression.value_and_gradient(at)[0]

    width = 1e-5
    moved = [[[*point[:i], point[i] + side, *point[i + 1 :]] for side in (width, -width)] for i in range(len(point))]
    slopes = [(value(up) - value(down)) / (2 * width) for up, down in moved]
    return difference(got, slopes, rtol=0.1, atol=0.1) is None


COPIED = "This tensor is a copy: torch.from_numpy(a) shares the array's memory, torch.tensor always copies."
GAPS_CLOSED = (
    "A slice or a transposed array was copied: give it to torch.from_numpy as it is, its numbers may lie apart."
)
SHARED = (
    "The copy shares the array's memory. An array that is already float32 is not copied by .float(), "
    "torch.as_tensor or torch.FloatTensor: torch.tensor(a, dtype=torch.float32) always copies."
)
LAYOUTS = {
    ("whole", "float64"): "a",
    ("whole", "float32"): "a",
    ("column", "float64"): "a = larger[:, 1]",
    ("transposed", "float32"): "a = other.T",
    ("column", "float32"): "a = larger[:, 1]",
    ("transposed", "int64"): "a = other.T",
}


@check("the view sees what happens to the array, the copy does not", points=1, after="arrays", kind="W")
def memory(student: Student, inputs: Inputs) -> None:
    for (layout, dtype), name in LAYOUTS.items():
        sent = array(inputs, (3, 2), dtype)
        old = {"whole": sent.array, "column": sent.array[:, 1], "transposed": sent.array.T}[layout]
        new, newer = array(inputs, old.shape, dtype), array(inputs, old.shape, dtype)
        a = student.make("array", sent, layout, called=name)
        view, copy = student.shared_view.new(a), student.independent_copy.new(a)
        student.probe("write", a, new)

        seen = Answer(student.fetch("read", view).value, f"the tensor of {view}, once a has other numbers,")
        expect.tensor(seen)
        known: dict[str, Any] = {COPIED if layout == "whole" else GAPS_CLOSED: old}
        expect.close(seen, new.array, rtol=0, atol=0, dtype=dtype, mistakes=known)

        single, overwritten = old.astype("float32"), new.array.astype("float32")
        kept = Answer(student.fetch("read", copy).value, f"the tensor of {copy}, once a has other numbers,")
        expect.tensor(kept)
        expect.close(kept, single, rtol=0, atol=0, dtype="float32", mistakes={SHARED: overwritten})

        student.probe("write", view, newer)
        back = Answer(student.fetch("read", a).value, f"the array a, once the tensor of {view} has other numbers,")
        expect.close(back, newer.array, rtol=0, atol=0, mistakes={COPIED: new.array})


NUMPYS_OWN = {
    "broadcasting": "NumPy has that, too: its broadcasting is the model that PyTorch follows.",
    "float32": "NumPy has those, too: dtype='float32'. Only the default differs.",
    "linear_algebra": "NumPy has that, too: look into numpy.linalg.",
    "nd_arrays": "NumPy has those, too: they are what it was made for.",
}
ADDED = {
    "accelerators": "where can a tensor live that an array cannot?",
    "compile": "does Python have to run a function line by line?",
    "layers": "where do you find the parts of a network, ready-made?",
    "loaders": "what hands out the samples of a dataset, and in which order?",
    "optimizers": "once the gradients are there, what changes the parameters?",
}


@check("EXTRAS is what PyTorch adds to NumPy, no more and no less", points=1, after="extras_form")
def extras(student: Student, inputs: Inputs) -> None:
    found = set(student.EXTRAS.get().value)
    for own, sentence in NUMPYS_OWN.items():
        expect.that(own not in found, f"EXTRAS has {own!r}; it is true of NumPy as well.", mistake=sentence)
    for added, nudge in ADDED.items():
        # Without its name, or the answer would be a matter of a few tries.
        expect.that(added in found, LACKING, mistake=f"Think again: {nudge}")
