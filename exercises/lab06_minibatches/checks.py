"""Public checks of lab06: samples, batches in order, and the loop, which is graded by where it leads.

See `grader/checks/training_loops.py` for the replay. Rows are fresh random numbers, and so their own names.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np

# Imported while the sandbox imports its own: the replay runs here.
import torch._dynamo  # noqa: F401

from grader import Answer, Handle, Inputs, Student, Tensor, check, difference, expect, show
from grader import training_loops as loops

Array = np.ndarray[Any, Any]

WITHOUT_DIMENSION = (
    "Give y the shape (1,): if y is 0-dim, a batch of targets is (n,), predictions are (n, 1), and the loss "
    "broadcasts them to (n, n)."
)
WHOLE = "`__getitem__` must return a single sample: row i of X, and the y of that row."
TURNED = "You swapped the pair: x first, then y."
X_ALONE = "A sample is a pair: x and its y."
ONE_ROW = "x must be a vector of shape (d,): the loader stacks samples into rows."
COLUMNS = "len() is the number of samples (the rows of X), not of columns."
NOT_ALL_THERE = "Does your __init__ assign everything to self that __len__ and __getitem__ use?"

DROPPED = "The last, smaller batch is missing: keep drop_last=False, which is the default."
BATCHES_ONLY = "The batches are shuffled, but each holds neighbouring rows: shuffle the rows."
NOT_SHUFFLED = "With shuffle=True the order must be a new one: pass shuffle on to the loader."
SHUFFLED = "With shuffle=False, keep the order of the dataset."
OTHER_SIZE = "Each batch must have batch_size rows; only the last one may be smaller."
USED_UP = "Your loader is used up after one epoch: return the DataLoader itself, not an iterator over it."
LOADERS = {
    "ValueError": "PyTorch refuses this combination of options; its message says why. With a sampler, leave out "
    "shuffle.",
}

FRESH_ITERATOR = "A new iterator starts with the first batch again, every time: write `for X, y in loader`."
CHANGED = "modified by an inplace operation"
TWICE = "backward through the graph a second time"
NO_GRAPH = "does not require grad"
RAISES = {
    CHANGED: "step() changes weights that backward() still needs: call step() after backward(), not before it.",
    TWICE: "Each batch needs its own graph: call the model and compute the loss again for every batch.",
    NO_GRAPH: "backward() finds nothing to differentiate: compute the loss outside of no_grad(), from the model's own "
    "output.",
}
"""Part of an exception's message → a sentence."""
STILL = (
    "The model did not change: after backward(), call step() on the optimizer that you were given, and zero the "
    "gradients only after that."
)
BAD = {
    STILL: loops.Habits(step="never"),
    **loops.BAD_HABITS,
    loops.TARGETS_FIRST: loops.Habits(loss_of=loops.targets_first),
}


@check(
    "PairDataset() has a length, and samples of shapes (d,) and (1,)",
    points=2,
    explain={"AttributeError": NOT_ALL_THERE},
)
def samples(student: Student, inputs: Inputs) -> None:
    for _ in range(2):
        n, d = inputs.integers(2, 3, 9)
        X, y = inputs.normal(n, d), inputs.normal(n)
        dataset = student.PairDataset.new(X, y)
        expect.equal(dataset.method("__len__")(), n, mistakes={COLUMNS: d})
        for place in (0, n - 1, inputs.integer(1, n - 2)):
            answer = dataset.method("__getitem__")(place)
            value: Any = answer.value
            right = X[place], y[place : place + 1]
            if isinstance(value, Tensor) or not isinstance(value, list | tuple):
                mistake = X_ALONE if difference(value, X[place]) is None else None
                expect.that(
                    False, f"{answer.question} returned {show(value)}; expected a pair (x, y).", mistake=mistake
                )
            expect.close(
                Answer(list(value), answer.question),
                list(right),
                dtype="float32",
                mistakes={
                    WITHOUT_DIMENSION: [right[0], y[place]],
                    WHOLE: _whole(n, d),
                    TURNED: [right[1], right[0]],
                    ONE_ROW: lambda got, d=d: got[0].shape == (1, d),
                },
            )


def _whole(n: int, d: int) -> Callable[[Any], bool]:
    return lambda got: got[0].shape == (n, d) or got[1].shape in ((n,), (n, 1))


def rows_of(inputs: Inputs, n: int) -> tuple[Array, Array]:
    """`n` samples: X (n, 3) and y (n, 1)."""
    return inputs.normal(n, 3), inputs.normal(n, 1)


def loader_of(student: Student, rows: tuple[Array, Array], batch_size: int, shuffle: bool, seed: int) -> Handle:
    """What the student's make_loader() gives for a dataset of these rows, still in the worker."""
    dataset = student.make("dataset", *rows, called=f"a dataset of {len(rows[0])} rows")
    loader = student.make_loader.new(dataset, batch_size, shuffle, seed)
    expect.that(
        loader.thing.type_name != "NoneType",
        f"{loader} returned None; expected a DataLoader.",
        mistake="Your function returned None: `return` the loader.",
    )
    return loader


def epochs_of(student: Student, loader: Handle, rows: tuple[Array, Array], count: int) -> list[list[list[int]]]:
    """Which rows each epoch of a loader gives, batch by batch.

    Raises:
        CheckFailed: if a batch is no pair (X, y), or holds what is not in the dataset.
    """
    X, y = rows
    numbers = {row.tobytes(): number for number, row in enumerate(X)}
    found: Any = student.fetch("epochs", loader, count).value
    readable = isinstance(found, list) and len(found) == count and all(isinstance(epoch, list) for epoch in found)
    expect.that(readable, f"The batches of {loader} cannot be read.")
    epochs = [[_rows_of_batch(batch, X, y, numbers, str(loader)) for batch in epoch] for epoch in found]
    for number, epoch in enumerate(epochs, 1):
        expect.that(
            bool(epoch), f"Epoch {number} of {loader} gave no batches.", mistake=USED_UP if number > 1 else None
        )
    return epochs


def _rows_of_batch(batch: Any, X: Array, y: Array, numbers: dict[bytes, int], question: str) -> list[int]:
    pair = list(batch) if isinstance(batch, list | tuple) else []
    expect.that(
        len(pair) == 2 and all(isinstance(item, Tensor) and not item.meta for item in pair),
        f"A batch of {question} is {show(batch)}; expected a pair (X, y) of tensors.",
    )
    rows, targets = (item.array for item in pair)
    expect.that(
        rows.shape[1:] == X.shape[1:] and targets.shape == (*rows.shape[:1], 1) and 0 < len(rows) <= len(X),
        f"A batch of {question} has the shapes {rows.shape} and {targets.shape}; "
        f"expected (rows, {X.shape[1]}) and (rows, 1).",
    )
    found = [numbers.get(row.tobytes(), -1) for row in rows]
    expect.that(
        -1 not in found and bool((y[found] == targets).all()),
        f"A batch of {question} holds a pair (x, y) that is not in the dataset.",
        mistake="Keep each x with its own y, and leave their numbers and dtypes unchanged.",
    )
    return found


@check("make_loader() yields every sample once, without shuffle in the dataset's order", points=1, explain=LOADERS)
def in_order(student: Student, inputs: Inputs) -> None:
    batch_size = inputs.integer(4, 6)
    n = 4 * batch_size + inputs.integer(1, batch_size - 1)
    rows, seed = rows_of(inputs, n), inputs.integer(0, 1000)
    loader = loader_of(student, rows, batch_size, False, seed)
    for epoch in epochs_of(student, loader, rows, 2):
        expect_each_once(loader, epoch, n, batch_size)
        order = order_of(epoch)
        expect.that(
            order == list(range(n)),
            f"An epoch of {loader} has the order {show(order)}; expected that of the dataset.",
            mistake=SHUFFLED,
        )
    loader = loader_of(student, rows, batch_size, True, seed)
    epochs = epochs_of(student, loader, rows, 3)
    for epoch in epochs:
        expect_each_once(loader, epoch, n, batch_size)
    expect.that(
        any(order_of(epoch) != list(range(n)) for epoch in epochs),
        f"The epochs of {loader} have the order of the dataset.",
        mistake=NOT_SHUFFLED,
    )
    expect_rows_shuffled(loader, epochs)


def order_of(epoch: list[list[int]]) -> list[int]:
    """All rows of an epoch, in order."""
    return [row for batch in epoch for row in batch]


def expect_rows_shuffled(loader: Handle, epochs: list[list[list[int]]]) -> None:
    """No epoch consists of batches of neighbouring rows alone."""
    for epoch in epochs:
        expect.that(
            any(max(batch) - min(batch) >= len(batch) for batch in epoch),
            f"Each batch of {loader} holds neighbouring rows, such as {show(sorted(epoch[0]))}.",
            mistake=BATCHES_ONLY,
        )


def expect_each_once(loader: Handle, epoch: list[list[int]], n: int, batch_size: int) -> None:
    """An epoch has each of n rows once, in full batches and a rest."""
    order = order_of(epoch)
    missing = n - len(set(order))
    expect.that(
        missing == 0 and len(order) == n,
        f"An epoch of {loader} gave {len(order)} rows, {len(set(order))} of them different; expected all {n}.",
        mistake=DROPPED
        if missing == n % batch_size and len(order) == n - missing
        else "The same row came twice: draw without replacement."
        if len(set(order)) < len(order)
        else None,
    )
    sizes = [len(batch) for batch in epoch]
    wanted = [batch_size] * (n // batch_size) + [n % batch_size] * (n % batch_size > 0)
    expect.that(
        sizes == wanted,
        f"An epoch of {loader} has batches of {show(sizes)} rows; expected {show(wanted)}.",
        mistake=OTHER_SIZE,
    )


LINEAR = (("Linear", 3, 1),)
SIZES = (4, 5, 4, 2)
"""Rows of the batches: the last one is smaller, as a loader's often is."""


def linear_setup(inputs: Inputs, loss: str = "MSELoss") -> loops.Setup:
    """A linear model and plain SGD."""
    state = loops.initial_state(inputs, LINEAR)
    return loops.Setup(LINEAR, state, "SGD", {"lr": 0.1}, loss, loops.batches_of(inputs, SIZES, 3, 1), 3)


def trained(student: Student, setup: loops.Setup, *, by_default: bool = False) -> Answer:
    """What train() returns, once the model is where good habits lead it; on the CPU `by_default` says no device."""
    model, optimizer, criterion, _ = loops.objects_of(student, setup)
    loader = student.make("loader", [list(batch) for batch in setup.batches], called="loader")
    with expect.explained(RAISES):
        device = () if by_default and student.device == "cpu" else (student.device,)
        answer = student.train(model, optimizer, criterion, loader, setup.epochs, *device)
    truth, found = loops.run(setup), student.fetch("state_of", model).value
    assert truth is not None
    anew = replace(setup, batches=setup.batches[:1] * len(setup.batches))

    def leads_there(ways: loops.Setup, habits: loops.Habits) -> Callable[[Any], bool]:
        return lambda got: (
            (path := loops.run(ways, habits)) is not None
            and difference(found, path.state, rtol=loops.RTOL, atol=loops.ATOL) is None
        )

    mistakes = {sentence: leads_there(setup, habits) for sentence, habits in BAD.items()}
    mistakes[FRESH_ITERATOR] = leads_there(anew, loops.Habits())
    for name, value in truth.state.items():
        got = found.get(name) if isinstance(found, dict) else None
        expect.close(
            Answer(got, f"the value of {name} after {answer.question}"),
            value,
            rtol=loops.RTOL,
            atol=loops.ATOL,
            mistakes=mistakes,
        )
    return answer


@check("train() leads a linear model where three correct epochs lead it", points=2, explain=RAISES)
def trains(student: Student, inputs: Inputs) -> None:
    # The second loss tells an output from a target, so that the wrong way round shows.
    for loss in ("MSELoss", "BCEWithLogitsLoss"):
        trained(student, linear_setup(inputs, loss))
