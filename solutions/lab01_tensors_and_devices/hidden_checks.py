"""Hidden checks of lab01: memory that is shared or not, equal numbers, and a device that works on its own."""

from __future__ import annotations

from typing import Any

import numpy as np

from grader import Answer, Inputs, Student, check, expect

from .checks import COPY, expect_blanked, expect_maxima, expect_seconds

SHARED = (
    "Your tensor shares memory with the array: torch.tensor always copies; torch.from_numpy and torch.as_tensor share "
    "where they can."
)
MEMORY_SWAPPED = "X now has new memory: write into the memory it already has, so that other tensors see the change."


@check("float_matrix() shares no memory with the array it is made from", points=1, after="matrix_of_numbers", kind="W")
def independent_copy(student: Student, inputs: Inputs) -> None:
    for dtype in ("float32", "float64"):
        values = inputs.uniform(3, 2, low=1, high=9)
        array = student.make("array", values.astype(dtype), called=f"an array of {dtype}")
        made = student.float_matrix.new(array)
        student.probe("spoil", array)
        kept = Answer(student.fetch("read", made).value, f"float_matrix({array}), after the array was written over,")
        expect.close(kept, values, mistakes={SHARED: np.full_like(values, -1)})


@check("column_max() is right for random matrices, also with equal numbers", points=1, after="maxima_of_columns")
def random_maxima(student: Student, inputs: Inputs) -> None:
    for _ in range(3):
        n, m = inputs.integers(2, 3, 8)
        expect_maxima(student, inputs.normal(n, m) - 4)  # mostly below zero
    for _ in range(3):
        n, m = inputs.integers(2, 6, 12)
        expect_maxima(student, np.floor(inputs.uniform(n, m, low=-2.0, high=0.999)))


BASE = (5, 6)
PLACES: dict[str, Any] = {
    "base[1:4]": np.s_[1:4],
    "base[:, 1:4]": np.s_[:, 1:4],
    "base[::2]": np.s_[::2],
    "base.T": np.s_[:],
}
"""A view as torch writes it → the places of the base that it shows."""


@check(
    "blank_column() changes the tensor that X is a view of, and nothing else in it", points=1, after="column_blanked"
)
def column_of_a_view(student: Student, inputs: Inputs) -> None:
    for how, places in PLACES.items():
        before = inputs.normal(*BASE)
        turn = np.transpose if how == "base.T" else np.asarray
        seen = turn(before[places])
        j, value = inputs.integer(0, seen.shape[1] - 1), inputs.number(10, 20)
        base = student.make("tensor", before, called="base")
        expect_blanked(student, student.make("seen", base, how, called=how), seen, j, value)
        after = before.copy()
        turn(after[places])[:, j] = value
        kept = Answer(student.fetch("read", base).value, f"base, after blank_column({how}, {j}, {value:g}),")
        expect.close(kept, after, mistakes={MEMORY_SWAPPED: before, COPY: before})


@check(
    "seconds_per_call() is right on devices that work while Python goes on",
    points=3,
    after="seconds_without_a_device",
)
def seconds_on_a_device(student: Student, inputs: Inputs) -> None:
    for _ in range(4):
        expect_seconds(
            student,
            inputs,
            launch=inputs.number(10, 20) * 1e-6,
            cost=inputs.number(2, 5) * 1e-3,
            first=inputs.number(0.8, 1.2),
            repeats=inputs.integer(5, 9),
            what="on a device",
        )
