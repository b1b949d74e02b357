"""What is worked out once: told apart by what is in the arguments, and never mixed up."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from grader import remembered


@dataclass(frozen=True)
class Draw:
    weights: Any
    loss_of: Callable[[float], float]


def plus_one(x: float) -> float:
    return x + 1


def twice(x: float) -> float:
    return 2 * x


def test_equal_content_is_worked_out_once_and_other_content_anew() -> None:
    asked = []

    @remembered
    def total(draw: Draw, epochs: int, *, adam: bool = False) -> float:
        asked.append((epochs, adam))
        return draw.loss_of(float(draw.weights.sum())) + epochs

    ones = np.ones(3, "float32")
    assert total(Draw(ones, plus_one), 2) == total(Draw(ones.copy(), plus_one), 2) == 6
    assert len(asked) == 1
    assert total(Draw(ones, twice), 2) == 8, "another function"
    assert total(Draw(ones * 2, plus_one), 2) == 9, "another array"
    assert total(Draw(ones, plus_one), 3) == 7
    assert total(Draw(ones, plus_one), 2, adam=True) == 6
    assert len(asked) == 5
    ones[0] = 7
    assert total(Draw(ones, plus_one), 2) == 12, "an array that was changed since is another"


def test_arrays_of_equal_bytes_but_another_form_are_others() -> None:
    @remembered
    def form(array: Any) -> str:
        return f"{array.dtype} {array.shape}"

    zeros = np.zeros(4, "float32")
    assert form(zeros) == "float32 (4,)"
    assert form(zeros.reshape(2, 2)) == "float32 (2, 2)"
    assert form(zeros.view("int32")) == "int32 (4,)"
