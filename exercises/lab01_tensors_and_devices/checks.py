"""Public checks of lab01. The truth is NumPy's, and arithmetic on the simulated device's times."""

from __future__ import annotations

from typing import Any

import numpy as np

from grader import Answer, Handle, Inputs, Student, Tensor, check, difference, expect, number_of

EXACT = 1e-6
"""Relative: rounding to float32 moves a number by 6e-8 of it."""
NEAR = 0.02
"""Relative: handing work over takes at most 1 % of it, which may be counted once or for each call."""

WIDE = "NumPy's floats have 64 bits, and your tensor kept them: ask for dtype=torch.float32."
FROM_INTS = "Ints give an int64 tensor unless you ask for dtype=torch.float32."
STILL_NUMPY = "That is still a NumPy array: turn it into a tensor."
STILL_A_LIST = "That is still a Python list: turn it into a tensor."

OF_ROWS = "These are the maxima of the rows. To get one answer per column, reduce over the rows: dim=0."
PAIR_SWAPPED = "Values and rows are swapped: the values come first."
VALUES_ONLY = "The rows are missing: return the pair (values, rows)."
ROWS_ONLY = "The values are missing: return the pair (values, rows)."
MINIMA = "These are the smallest numbers; you need the largest."
LAST_OF_EQUALS = "If the largest number stands in several rows, return the first of them."
OVERALL = "That is the largest number in the whole matrix; each column has its own."

COPY = (
    "You changed a copy, not X itself. X[:, j] = … writes into X; clone(), masked_fill() and where() make new tensors."
)
ROW_BLANKED = "You filled row j: the first index is the row, so the column is X[:, j]."
FROM_ONE = "Columns are counted from 0, so use j itself as the index."
ALL_BLANKED = "You filled all of X: fill column j only."
OTHER_VALUE = "The column is right, but the value is not: use the argument `value`."

MPS_FIRST = "If both are available, CUDA is the better choice: ask for it first."
OWN_MACHINE = "Your answer is the same for all arguments: decide by cuda and mps, not by what this machine has."
NO_MPS = "Without CUDA, MPS may still be available, and it is better than the CPU."
WITH_INDEX = "Return just the kind of device, without an index."

UNSYNCHRONIZED = "f had returned, but its work was not done: synchronize before you read the clock, also at the end."
FIRST_COUNTED = (
    "The slow first call is in your measurement: call f() once and synchronize() before you start the clock."
)
MILLISECONDS = "These are milliseconds, but clock() is already in seconds: no conversion is needed."
TOTAL = "That is the time of all calls together: divide by repeats to get the time of one."
WARM_UP_DIVIDED = "You divided by one call too many: the first call is not timed, so divide by repeats."
ONE_TOO_FEW = "You timed `repeats` calls but divided by one fewer: divide by repeats."
PER_SECOND = "That is the number of calls per second: you need the seconds per call."


def maxima(X: np.ndarray[Any, Any]) -> tuple[np.ndarray[Any, Any], np.ndarray[Any, Any]]:
    """Each column's largest number and its first row."""
    return X.max(axis=0), X.argmax(axis=0)


def expect_matrix(student: Student, rows: Any) -> None:
    """float_matrix() gives a float32 tensor with these numbers."""
    wanted = np.asarray(rows.array if isinstance(rows, Tensor) else rows, "float32")
    answer = student.float_matrix(rows)
    expect.tensor(
        answer,
        shape=wanted.shape,
        dtype="float32",
        mistakes={
            STILL_NUMPY: lambda got: got.is_array,
            STILL_A_LIST: lambda got: isinstance(got, list | tuple),
            WIDE: lambda got: got.dtype == "float64",
            FROM_INTS: lambda got: got.dtype == "int64",
        },
    )
    expect.close(answer, wanted, rtol=EXACT, atol=EXACT)


def expect_maxima(student: Student, X: np.ndarray[Any, Any]) -> None:
    """column_max() is right for this matrix."""
    values, rows = maxima(X)
    last = len(X) - 1 - X[::-1].argmax(axis=0)
    expect.close(
        student.column_max(X),
        (values, rows),
        mistakes={
            OF_ROWS: maxima(X.T),
            PAIR_SWAPPED: (rows, values),
            VALUES_ONLY: values,
            ROWS_ONLY: rows,
            MINIMA: (X.min(axis=0), X.argmin(axis=0)),
            LAST_OF_EQUALS: (values, last),
            OVERALL: lambda got: difference(got[0], float(X.max())) is None,
        },
    )


def expect_blanked(student: Student, X: Handle, seen: np.ndarray[Any, Any], j: int, value: float) -> None:
    """blank_column() changes a kept tensor, which shows `seen` before, in its column j alone."""
    answer = student.blank_column(X, j, value)

    def filled(places: Any, by: float = value) -> np.ndarray[Any, Any]:
        changed = seen.copy()
        changed[places] = by
        return changed

    mistakes: dict[str, Any] = {COPY: seen, ALL_BLANKED: filled(np.s_[:]), FROM_ONE: filled(np.s_[:, j - 1])}
    if j < len(seen):
        mistakes[ROW_BLANKED] = filled(np.s_[j])
    others = np.arange(seen.shape[1]) != j
    mistakes[OTHER_VALUE] = lambda got: bool(
        (got.array[:, others] == seen[:, others]).all() and (got.array[:, j] == got.array[0, j]).all()
    )
    after = Answer(student.fetch("read", X).value, f"X, after {answer.question},")
    expect.close(after, filled(np.s_[:, j]), mistakes=mistakes)


def expect_seconds(
    student: Student, inputs: Inputs, *, launch: float, cost: float, first: float, repeats: int, what: str
) -> None:
    """seconds_per_call() on a device with these times (see `probes.Device`)."""
    device = student.make("Device", launch, cost, first, inputs.number(50, 90), called="device")
    f, synchronize, clock = (student.make("part", device, name, called=name) for name in ("f", "synchronize", "clock"))
    answer = student.seconds_per_call(f, synchronize, clock, repeats)
    one = launch + cost
    total = launch + repeats * cost if cost > launch else repeats * launch + cost
    known: dict[str, Any] = {
        MILLISECONDS: 1000 * one,
        TOTAL: total,
        WARM_UP_DIVIDED: total / (repeats + 1),
        ONE_TOO_FEW: total / (repeats - 1),
        PER_SECOND: 1 / one,
    }
    if cost:
        known[UNSYNCHRONIZED] = lambda got: (found := number_of(got)) is not None and 0.5 * launch < found < 2 * launch
    if first:
        # Timed with the others, or still under way when the clock was started; divided by one more or one less.
        low, high = (first + (repeats - 1) * cost) / (repeats + 1), (first + (repeats + 2) * one) / (repeats - 1)
        known[FIRST_COUNTED] = lambda got: (found := number_of(got)) is not None and low < found < high
    expect.close(
        Answer(answer.value, f"seconds_per_call(f, synchronize, clock, {repeats}), {what},"),
        one,
        rtol=NEAR,
        atol=0.0,
        mistakes=known,
    )


@check("float_matrix() gives float32 tensors, from lists of ints and floats and from NumPy's arrays", points=1)
def matrix_of_numbers(student: Student, inputs: Inputs) -> None:
    expect_matrix(student, [[0.5, 1.25, -2.0], [3.0, 0.1, 7.75]])
    expect_matrix(student, [[1, 2], [3, 4], [5, 6]])
    values = inputs.normal(3, 4)
    expect_matrix(student, Tensor(values.astype("float64"), "float64", is_array=True))
    expect_matrix(student, Tensor(values, "float32", is_array=True))


@check("column_max() of [[1, 5], [4, 5], [3, 0]] is ([4, 5], [1, 0])", points=0.5)
def maxima_of_columns(student: Student, inputs: Inputs) -> None:
    expect_maxima(student, np.array([[1, 5], [4, 5], [3, 0]], "float32"))


@check("blank_column() fills one column of the tensor it is given", points=0.5)
def column_blanked(student: Student, inputs: Inputs) -> None:
    values = inputs.normal(3, 4)
    X = student.make("tensor", values, called="X")
    expect_blanked(student, X, values, 2, 9.0)


@check("pick_device() prefers CUDA, then MPS, then the CPU", points=1)
def best_device(student: Student, inputs: Inputs) -> None:
    truths = {(True, True): "cuda", (True, False): "cuda", (False, True): "mps", (False, False): "cpu"}
    answers = {having: student.pick_device(*having) for having in truths}
    given = [answer.value for answer in answers.values()]
    constant = all(isinstance(value, str) and value == given[0] for value in given)
    for having, truth in truths.items():
        expect.close(
            answers[having],
            truth,
            mistakes={
                OWN_MACHINE: lambda got: constant,
                MPS_FIRST: lambda got, having=having: having == (True, True) and got == "mps",
                NO_MPS: lambda got, having=having: having == (False, True) and got == "cpu",
                WITH_INDEX: lambda got, truth=truth: got.startswith(f"{truth}:"),
            },
        )


@check("seconds_per_call() is 0.25 if each call takes a quarter of a second, with no device involved", points=1)
def seconds_without_a_device(student: Student, inputs: Inputs) -> None:
    expect_seconds(
        student, inputs, launch=0.25, cost=0.0, first=0.0, repeats=4, what="when f() does its work before it returns"
    )
