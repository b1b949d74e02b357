"""Hidden checks of ex02: views of larger tensors, shared storages, and which object comes back. Truth is NumPy's."""

from __future__ import annotations

from typing import Any

import numpy as np

from grader import Answer, Inputs, Student, check, difference, expect

from .checks import ITSELF, OPERATIONS, RAISES, numbers, why_untouched

VIEWS: dict[str, Any] = {
    "base[:, 1]": np.s_[:, 1],
    "base[:, 1:3]": np.s_[:, 1:3],
    "base[::2]": np.s_[::2],
    "base[1]": np.s_[1],
    "base.T": np.s_[:],
}
"""A view as torch writes it → the places of a matrix that it shows."""
BLOCK = "base[:, 1:3]"
SHAPE = (4, 3)
MEMORY_SWAPPED = (
    "x now uses other memory: `x.data = …` and set_() swap the memory instead of writing to it. The larger tensor "
    "must change, too."
)
BESIDE = "The neighbours have changed, too: write only to the elements of x, not to the rest of its storage."
GAPS = {
    **RAISES,
    "RuntimeError: view size is not compatible": "x may be a view whose elements do not lie side by "
    "side: use x as it is, without changing its shape.",
}


@check("in_place() changes what a view shows of a larger tensor", points=2, after="overwriting", explain=GAPS)
def views(student: Student, inputs: Inputs) -> None:
    # Every operation on a view that has neighbours and gaps, and one operation on each of the others.
    others = [seen for seen in VIEWS if seen != BLOCK]
    dealt = zip(others, inputs.sample([*OPERATIONS], len(others)), strict=True)
    for seen, op in [*((BLOCK, op) for op in OPERATIONS), *dealt]:
        places, operation = VIEWS[seen], OPERATIONS[op]
        before = numbers(inputs, op, SHAPE)
        truth = before.copy()
        truth[places] = operation(before[places])
        base = student.make("tensor", before, called="base")
        x = student.make("seen", base, seen, called=seen)
        result = student.in_place.new(op, x)
        after = Answer(student.fetch("read", base).value, f"base, after {result},")
        if difference(after.value, before) is None:
            shown, right = student.fetch("read", x).value, truth.T if seen == "base.T" else truth[places]
            why = MEMORY_SWAPPED if difference(shown, right) is None else why_untouched(student)
            expect.close(after, truth, mistakes={why: before})
        beside = {BESIDE: lambda got, before=before, places=places: _beside(got.array, before, places)}
        expect.close(after, truth, mistakes=beside)


def _beside(got: Any, before: Any, places: Any) -> bool:
    """Whether something has changed beside the places."""
    changed = got != before
    changed[places] = False
    return bool(changed.any())


EQUAL = "Equal values can live in different memory: compare where they are stored."
NEW = "One of them is a new tensor, in its own memory: compare where the values are stored, not what they are."
OBJECTS = (
    "Two tensor objects may share one storage: compare the storages, not the objects (`is`, id) and not the values."
)
SHAPES = "A view of another shape still uses the same storage: compare the storages, not the shapes or strides."
FIRST_ELEMENT = (
    "data_ptr() is where a tensor's first element lies, and a view may begin further in: compare the storages."
)
DISJOINT = "They have no element in common, but they use the same storage, and that is the question."
REINTERPRETED = "These are the same bytes, read as whole numbers: the storage is the same, whatever the dtype."
PAIRS: dict[tuple[str, str], tuple[bool, str]] = {
    ("base", "base"): (True, ITSELF),
    ("base", "base.clone()"): (False, EQUAL),
    ("base.clone()", "base.clone()"): (False, EQUAL),
    ("base", "torch.relu(base)"): (False, NEW),
    ("base.T", "base.T.contiguous()"): (False, EQUAL),
    ("base.half()", "base"): (False, NEW),
    ("base.view(-1)", "base.T.reshape(-1)"): (False, NEW),
    ("base", "base.detach()"): (True, OBJECTS),
    ("base.view(-1)", "base"): (True, SHAPES),
    ("base", "base.T"): (True, SHAPES),
    ("base", "base[1:]"): (True, FIRST_ELEMENT),
    ("base[:, 1]", "base.T"): (True, FIRST_ELEMENT),
    ("base[:2]", "base[2:]"): (True, DISJOINT),
    ("base[:, 0]", "base[:, 1]"): (True, DISJOINT),
    ("base", "base.view(torch.int32)"): (True, REINTERPRETED),
}
"""Two tensors → whether they share a storage, and the sentence for whoever thinks otherwise; what tells most first."""
LOOK_ONLY = "same_memory() must not write: leave the numbers of a and b as they are."
COMPARING = {
    "RuntimeError: must match the size": "a and b may differ in shape: compare where their storages lie, "
    "not their values.",
    "AttributeError: storage": "A tensor has untyped_storage(), and a storage has data_ptr(): the address where "
    "it begins.",
}


@check("same_memory() tells shared storages from equal values", points=2, after="same_memory_form", explain=COMPARING)
def pairs(student: Student, inputs: Inputs) -> None:
    # Without negatives, so that relu changes nothing.
    matrices = [np.abs(numbers(inputs, "abs", SHAPE)) for _ in range(2)]
    bases = [student.make("tensor", matrix, called="base") for matrix in matrices]
    answers: dict[tuple[str, str], Answer] = {}
    for one, other in inputs.sample([*PAIRS], len(PAIRS)):
        base = inputs.choice(bases)
        a, b = (student.make("seen", base, how, called=how) for how in (one, other))
        answers[one, other] = student.same_memory(a, b)
    for base, matrix in zip(bases, matrices, strict=True):
        kept = Answer(student.glance("read", base).value, "base, after same_memory() was asked of views of it,")
        expect.close(kept, matrix, rtol=0, atol=0, mistakes={LOOK_ONLY: lambda got: got is not None})
    # Asked in any order, judged in one: the first pair that is wrong tells most.
    for pair, (truth, sentence) in PAIRS.items():
        expect.close(answers[pair], truth, mistakes={sentence: not truth})


ANOTHER = "in_place() must return x itself: return the very tensor that you were given."
ALIAS = "A new tensor was asked for: this is x under another name."


@check("in_place() returns x itself, out_of_place() another tensor", points=1, after="overwriting", kind="W")
def identity(student: Student, inputs: Inputs) -> None:
    for op in inputs.sample([*OPERATIONS], len(OPERATIONS)):
        x = student.make("tensor", numbers(inputs, op, (4,)), called="x")
        result = student.in_place.new(op, x)
        same = student.probe("same_object", result, x).value
        expect.that(same is True, f"{result} returned another object than x.", mistake=ANOTHER)
        result = student.out_of_place.new(op, x)
        same = student.probe("same_object", result, x).value
        expect.that(same is False, f"{result} returned x.", mistake=ALIAS)
