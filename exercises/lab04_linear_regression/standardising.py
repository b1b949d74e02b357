"""The first part of lab04: tables that are standardised by the training table's columns, and the usual mistakes."""

from __future__ import annotations

from typing import Any

import numpy as np

from grader import Inputs, Student, Tensor, difference, expect, show

Array = np.ndarray[Any, Any]

RTOL = ATOL = 1e-3
"""A few float32 steps are off by 1e-5 at most; each mistake is at least TELLING away."""

OWN_STATISTICS = "You used each table's own mean and deviation: use those of the training set for all tables."
OTHERS_LEFT = (
    "You left the other tables as they were: standardize them, too, with the training set's mean and deviation."
)
WHOLE_TABLE = "Each column has its own mean and deviation: take both over the rows, with dim=0."
OVER_COLUMNS = "You went along each row, but a feature is a column: take mean and deviation over the rows, with dim=0."
VARIANCE = "You divided by the variance: divide by the standard deviation, its square root."
NOT_CENTRED = "You did not subtract the mean: the average of each column of the training set should become 0."
NOT_SCALED = "You did not divide by the standard deviation: after subtracting the mean, divide by that of each column."
MIN_MAX = "You scaled to 0…1 by minimum and maximum: subtract the mean, and divide by the standard deviation."
NO_TUPLE = "Return a tuple of tables, even if there is only the training set: (table,)."


def standard(table: Array, mean: Any, deviation: Any) -> Array:
    """(table - mean) / deviation, in float64."""
    result: Array = (np.asarray(table, "float64") - mean) / deviation
    return result


def standardized(tables: list[Array], ddof: int) -> list[Array]:
    """The truth: all by the first one's mean and deviation, with m - ddof below the sum of squares."""
    train = tables[0].astype("float64")
    return [standard(table, train.mean(0), train.std(0, ddof=ddof)) for table in tables]


def mistaken_tables(tables: list[Array], ddof: int) -> dict[str, Any]:
    """Sentence → the tables that this mistake gives."""
    train = tables[0].astype("float64")
    mean, deviation = train.mean(0), train.std(0, ddof=ddof)
    low, high = train.min(0), train.max(0)
    with np.errstate(all="ignore"):
        return {
            OWN_STATISTICS: [
                standard(table, table.astype("float64").mean(0), table.astype("float64").std(0, ddof=ddof))
                for table in tables
            ],
            OTHERS_LEFT: [standard(train, mean, deviation), *tables[1:]],
            WHOLE_TABLE: [standard(table, train.mean(), train.std(ddof=ddof)) for table in tables],
            OVER_COLUMNS: [
                standard(
                    table,
                    table.astype("float64").mean(1, keepdims=True),
                    table.astype("float64").std(1, ddof=ddof, keepdims=True),
                )
                for table in tables
            ],
            VARIANCE: [standard(table, mean, deviation**2) for table in tables],
            NOT_CENTRED: [standard(table, 0.0, deviation) for table in tables],
            NOT_SCALED: [standard(table, mean, 1.0) for table in tables],
            MIN_MAX: [standard(table, low, high - low) for table in tables],
        }


def expect_standardized(student: Student, tables: list[Array]) -> None:
    """standardize() gives these tables by the first one's statistics, with either standard deviation."""
    answer = student.standardize(*tables)
    expect.that(
        isinstance(answer.value, list | tuple) and len(answer.value) == len(tables),
        f"{answer.question} returned {show(answer.value)}; expected a tuple of {len(tables)} "
        f"table{'s' if len(tables) > 1 else ''}.",
        mistake=NO_TUPLE
        if isinstance(answer.value, Tensor)
        else "Your function returned None: `return` the tables."
        if answer.value is None
        else None,
    )
    if difference(answer.value, standardized(tables, 0), rtol=RTOL, atol=ATOL) is None:
        return
    both = [mistaken_tables(tables, ddof) for ddof in (1, 0)]
    mistakes = {
        sentence: lambda got, sentence=sentence: any(
            difference(got, known[sentence], rtol=RTOL, atol=ATOL) is None for known in both
        )
        for sentence in both[0]
    }
    expect.close(answer, standardized(tables, 1), rtol=RTOL, atol=ATOL, mistakes=mistakes)


def tables_of(inputs: Inputs, sizes: list[int], columns: int) -> list[Array]:
    """Tables of as many rows, each with its own mean and spread in every column."""
    return [
        ((0.5 + inputs.uniform(columns) * 3) * inputs.normal(size, columns) + 2 + 4 * inputs.uniform(columns)).astype(
            "float32"
        )
        for size in sizes
    ]
