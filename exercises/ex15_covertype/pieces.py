"""What the pieces of ex15 are asked: the table that load_data reads, items, loaders and logits; and in which words."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from grader import Answer, CheckFailed, Handle, Inputs, Student, StudentRaised, Tensor, expect, show

from .table import AREAS, CLASSES, COLUMNS, NUMERIC, SOILS

Array = np.ndarray[Any, Any]

SHIFT = "Class ids are 0..6: shift the labels to 0..6 in the Dataset, and back in predict."
INT64 = "Cross-entropy takes int64: convert the labels in the Dataset."
FLOAT32 = "The model's weights are float32, so the features must be float32, too: convert them in the Dataset."
SOFTMAX = "Return logits; the loss applies softmax."
CLAMP = "Is a column of the training rows constant? Then its std is 0: clamp the std, or put 1 in its place."


def array(values: Array) -> Tensor:
    """A NumPy array as an argument: NumPy's in the worker, too."""
    return Tensor(values, str(values.dtype), is_array=True)


def rows_like_covertype(inputs: Inputs, count: int, *, areas: int = AREAS, soils: int = SOILS) -> tuple[Array, Array]:
    """Features (count, 54) float64 and labels (count,) int32 in 1..7, all kinds there; column 0 never repeats."""
    X = np.zeros((count, COLUMNS))
    X[:, 0] = 1859 + np.array(inputs.integers(count, 0, 1999))
    X[:, 1:NUMERIC] = np.round(300 + 100 * inputs.normal(count, NUMERIC - 1))
    for first, kinds in ((NUMERIC, areas), (NUMERIC + AREAS, soils)):
        X[np.arange(count), first + _shuffled(inputs, count) % kinds] = 1
    return X, (1 + _shuffled(inputs, count) % CLASSES).astype("int32")


def _shuffled(inputs: Inputs, count: int) -> Array:
    return np.array(inputs.integers(count, 0, count - 1))


def expect_loaded(answer: Answer, X: Array, y: Array) -> None:
    """load_data gave the rows that are in the cache."""
    value = answer.value
    expect.that(
        isinstance(value, list | tuple) and len(value) == 2,
        f"{answer.question} returned {show(value)}; expected the pair (X, y).",
        mistake="fetch_covtype(return_X_y=True) gives the pair; without it, take .data and .target." if value else None,
    )
    for name, got, truth, kinds in (("X", value[0], X, "f"), ("y", value[1], y, "iu")):
        expect.that(
            isinstance(got, Tensor) and got.array.dtype.kind in kinds,
            f"{name} of {answer.question} is {show(got)}; expected an array of {'floats' if kinds == 'f' else 'ints'}.",
        )
        expect.that(
            got.shape == truth.shape,
            f"{name} of {answer.question} has the shape {got.shape}; expected {truth.shape}: all rows that are there.",
        )
        expect.that(
            bool(np.allclose(got.array, truth)),
            f"{name} of {answer.question} differs from what scikit-learn gives.",
            mistake="load_data returns the labels 1..7 as they are; the Dataset shifts them."
            if name == "y" and bool((got.array == truth - 1).all())
            else "load_data returns the rows as they are, in their order.",
        )


def expect_item(item: Answer, features: Array, label: int) -> None:
    """An item with its label."""
    value = item.value
    expect.that(
        isinstance(value, list | tuple) and len(value) == 2,
        f"{item.question} is {show(value)}; expected (features, label).",
    )
    expect_features(Answer(value[0], f"the features of {item.question}"), features)
    got = value[1]
    name = f"the label of {item.question}"
    if isinstance(got, Tensor):
        expect.that(got.shape == (), f"{name} has the shape {got.shape}; expected a scalar: one class id.")
        expect.that(got.dtype == "int64", f"{name} has the dtype {got.dtype}; expected int64.", mistake=INT64)
        got = got.array.item()
    expect.close(Answer(got, name), label, mistakes={SHIFT: label + 1})


def expect_features(answer: Answer, features: Array) -> None:
    """The features of an item, unchanged but for their dtype."""
    got = expect.tensor(answer, shape=(COLUMNS,))
    expect.that(got.dtype == "float32", f"{answer.question} are {got.dtype}; expected float32.", mistake=FLOAT32)
    expect.that(
        bool(np.allclose(got.array, features)),
        f"{answer.question} are not row {features[:3]}… as float32.",
        mistake="Without stats the features stay as they are.",
    )


@dataclass(frozen=True, eq=False)
class Epoch:
    """One pass over a loader: X (n, 54), y (n,), each row's number in the data it came from, and the batches' sizes."""

    X: Array
    y: Array
    rows: Array
    sizes: tuple[int, ...]


def epoch_of(loader: Handle, X: Array, y: Array) -> Epoch:
    """Go through a loader and recognise the rows by the order of column 0, which normalising keeps.

    Raises:
        CheckFailed: if they are not the rows of X and y, each once.
    """
    batches = _batches(loader, len(X))
    got_X, got_y = (_put_together(loader, parts) for parts in zip(*batches, strict=True))
    expect.that(
        len(got_X.shape) == 2 and got_X.shape[1:] == (COLUMNS,) and got_X.dtype == "float32",
        f"{loader.name} gives X of shape {got_X.shape}, {got_X.dtype}, in all; expected (n, {COLUMNS}), float32.",
        mistake=FLOAT32 if got_X.dtype == "float64" else None,
    )
    expect.that(
        got_y.dtype == "int64" and len(got_y.shape) == 1,
        f"{loader.name} gives y of shape {got_y.shape}, {got_y.dtype}, in all; expected (n,), int64.",
        mistake=INT64 if got_y.dtype != "int64" else None,
    )
    count = len(got_X.array)
    expect.that(
        count == len(X) == len(got_y.array),
        f"{loader.name} gave {'more' if count > len(X) else count} rows in an epoch; expected {len(X)}, each once.",
        mistake="Give every row: drop_last=True, for one, loses those of the last batch." if count < len(X) else None,
    )
    expect.that(bool(np.isfinite(got_X.array).all()), f"{loader.name} gives NaN or infinite features.", mistake=CLAMP)
    rows = np.empty(len(X), int)
    rows[np.argsort(got_X.array[:, 0], kind="stable")] = np.argsort(X[:, 0], kind="stable")
    labels = y[rows] - 1
    expect.that(
        bool((got_y.array == labels).all()),
        f"{loader.name} does not give every row once with its own label.",
        mistake=SHIFT if bool((got_y.array == labels + 1).all()) else None,
    )
    return Epoch(got_X.array, got_y.array, rows, tuple(len(X.array) for X, _ in batches))


def expect_batches(epoch: Epoch, batch_size: int) -> None:
    """As few batches of at most `batch_size` rows as there can be: which of them has fewer does not matter."""
    sizes = epoch.sizes
    expect.that(
        max(sizes) <= batch_size and len(sizes) == -(-sum(sizes) // batch_size),
        f"train_loader gives {len(sizes)} batches of {min(sizes)} to {max(sizes)} rows; expected batches of "
        f"{batch_size} rows, the last with fewer.",
        mistake="Use the batch_size that make_loaders gets: pass it on to the DataLoader.",
    )


def _batches(loader: Handle, rows: int) -> list[tuple[Tensor, Tensor]]:
    """What the loader itself gives, batch by batch: no helper stands between, which could put the rows in order.

    At most one batch beyond those that hold so many rows: nobody need wait for the end of an endless loader.
    """
    found: list[tuple[Tensor, Tensor]] = []
    end = ""
    try:
        following, end = _following(loader)
        while len(found) <= rows and sum(len(X.array) for X, _ in found) <= rows:
            found.append(_pair(loader, following().value))
    except StudentRaised as fault:
        if end not in fault.raised.bases:
            raise StudentRaised(fault.raised, f"going through {loader.name}") from None
    if not found:
        raise CheckFailed(f"{loader.name} gives no batch.")
    return found


def _following(loader: Handle) -> tuple[Callable[[], Answer], str]:
    """Asks for the next batch, as `for` does: of its iterator, or item by item; and the error that ends it."""
    try:
        return loader.method("__iter__").new().method("__next__"), "StopIteration"
    except CheckFailed:  # it has no such method
        item, number = loader.method("__getitem__"), itertools.count()

    def next_item() -> Answer:
        try:
            return item(next(number))
        except CheckFailed:
            raise CheckFailed(f"{loader.name} is {show(loader.thing)}; expected a loader of batches.") from None

    return next_item, "IndexError"


def _pair(loader: Handle, batch: Any) -> tuple[Tensor, Tensor]:
    if not (
        isinstance(batch, list | tuple)
        and len(batch) == 2
        and all(isinstance(part, Tensor) and part.shape for part in batch)
    ):
        raise CheckFailed(f"{loader.name} does not give batches (X, y) of tensors.")
    return batch[0], batch[1]


def _put_together(loader: Handle, parts: Sequence[Tensor]) -> Tensor:
    dtypes, inner = {part.dtype for part in parts}, {part.shape[1:] for part in parts}
    if len(dtypes) > 1 or len(inner) > 1:
        raise CheckFailed(f"{loader.name} gives batches that differ in dtype, or in more than their number of rows.")
    return parts[0].holding(np.concatenate([part.array for part in parts]))


def loaders_of(
    student: Student, train: tuple[Array, Array], valid: tuple[Array, Array], batch_size: int, seed: int
) -> tuple[Handle, Handle, Handle]:
    """The student's train_loader, valid_loader and stats, which stay in the worker."""
    made = student.make_loaders.new(*map(array, (*train, *valid)), batch_size, seed)
    if not {"builtins.tuple", "builtins.list"} & set(made.thing.bases):
        raise CheckFailed(
            f"make_loaders(...) returned an object of type {made.thing.type_name}; "
            "expected (train_loader, valid_loader, stats)."
        )
    names = ("train_loader", "valid_loader", "stats")
    try:
        # No helper takes it apart: one could put another loader in the place of theirs.
        first, second, third = (made.method("__getitem__").new(index).called(name) for index, name in enumerate(names))
    except StudentRaised:
        raise CheckFailed(f"make_loaders(...) returned too few things; expected ({', '.join(names)}).") from None
    return first, second, third


def expect_logits(answer: Answer, count: int) -> None:
    """Logits, one row for each input row; more than seven classes do no harm if the others never win."""
    value = answer.value
    expect.that(
        isinstance(value, Tensor) and len(value.shape) == 2 and value.shape[0] == count and value.shape[1] >= CLASSES,
        f"{answer.question} gave {show(value)}; expected logits of shape ({count}, {CLASSES}).",
    )
    logits = value.array.astype("float64")
    expect.that(bool(np.isfinite(logits).all()), f"{answer.question} gave NaN or infinite logits.")
    sums = logits.sum(1)
    expect.that(
        not (bool((logits >= 0).all()) and bool(np.allclose(sums, 1, atol=1e-3))),
        f"The rows of {answer.question} are probabilities: each sums to 1.",
        mistake=SOFTMAX,
    )
    expect.that(
        bool((logits < 0).any()),
        f"{answer.question} has no negative logit.",
        mistake="Logits may be negative: the last layer is linear, without a ReLU or sigmoid after it.",
    )
