"""Hidden checks of lab03: the chapter's other operations, some that it does not name, and tensors of other shapes."""

from __future__ import annotations

from typing import Any

import numpy as np

from grader import Inputs, Student, check

from .checks import CHAPTER, EXPLAIN, KNOWN, TABLE, Operation, expect_saved

UNLISTED: dict[str, list[Operation]] = {
    "output": [
        ("expm1", ()), ("reciprocal", ()), ("softmax", (0,)), ("log_softmax", (0,)), ("exp2", ()),
    ],
    "input": [
        ("sinh", ()), ("cosh", ()), ("log1p", ()), ("erf", ()), ("softplus", ()), ("elu", ()), ("gelu", ()),
        ("silu", ()), ("clamp", (0.2, 0.8)), ("asin", ()), ("atan", ()), ("log2", ()), ("leaky_relu", ()),
    ],
    "both": [
        ("amax", ()), ("amin", ()), ("logsumexp", (0,)), ("cumprod", (0,)), ("median", ()),
    ],
    "neither": [
        ("neg", ()), ("cumsum", (0,)), ("sign", ()), ("trunc", ()), ("frac", ()), ("flip", (0,)),
    ],
}  # fmt: skip
"""What each saves on torch 2.14 and 2.15. Only the draw looks at it; the truth is measured anew."""
DRAWN = 5
"""Of each kind."""


def numbers(inputs: Inputs, *shape: int) -> Any:
    """A tensor of numbers on which all operations are defined and smooth."""
    return inputs.uniform(*shape, low=0.1, high=0.9)


def some_shape(inputs: Inputs) -> tuple[int, ...]:
    """A vector or a matrix."""
    return tuple(inputs.integer(2, 5) for _ in range(inputs.integer(1, 2)))


@check("saves() is right for the chapter's other operations", points=3, after="known_operations", explain=EXPLAIN)
def other_operations(student: Student, inputs: Inputs) -> None:
    names = [name for kind in CHAPTER.values() for name in kind if name not in KNOWN]
    asked = [((name, ()), numbers(inputs, *some_shape(inputs))) for name in inputs.sample(names, len(names))]
    expect_saved(student, asked)


@check(
    "saves() is right for 20 operations that the chapter does not mention",
    points=4,
    after="known_operations",
    explain=EXPLAIN,
)
def unlisted_operations(student: Student, inputs: Inputs) -> None:
    drawn = [op for kind in UNLISTED.values() for op in inputs.sample(kind, DRAWN)]
    asked = [(op, numbers(inputs, *some_shape(inputs))) for op in inputs.sample(drawn, len(drawn))]
    expect_saved(student, asked, TABLE)


@check("saves() is also right for 0-dim tensors", points=1, after="known_operations", explain=EXPLAIN)
def single_numbers(student: Student, inputs: Inputs) -> None:
    # One number has no variance: torch warns.
    fitting = [[name for name in kind if name not in ("std", "var")] for kind in CHAPTER.values()]
    drawn: list[Operation] = [(inputs.choice(names), ()) for names in fitting]
    drawn += [inputs.choice(kind) for kind in UNLISTED.values()]
    expect_saved(student, [(op, np.asarray(numbers(inputs))) for op in inputs.sample(drawn, len(drawn))])
