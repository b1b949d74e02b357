"""Public checks of ex09: pinned memory, the order of the rows, a batch that stays. Nothing here imports torch.

Options are witnessed in the worker. Rows are recomputed: they are fresh random numbers, and a loader that gives them
all back, each once and in a good order, has loaded them.
"""

from __future__ import annotations

import ast
import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from grader import Answer, Handle, Inputs, Student, Tensor, Thing, check, expect, show

Array = np.ndarray[Any, Any]

DEVICES = ("cuda", "mps", "cpu")
LOADER = "torch.utils.data.dataloader.DataLoader"
MOST_CORES, EPOCHS = 8, 2

ONLY_A_NAME = "In make_loader the device is only a name, and may be missing here: the batches stay on the CPU."
REFUSED = {
    # The second is what a torch says that was built without CUDA.
    **dict.fromkeys(
        ("RuntimeError: CUDA", "AssertionError: CUDA", "RuntimeError: NVIDIA", "RuntimeError: mps"), ONLY_A_NAME
    ),
    **dict.fromkeys(
        ("ValueError: num_workers > 0", "ValueError: persistent_workers"),
        "PyTorch refuses this combination: with num_workers=0 there are no workers to keep alive, and "
        "persistent_workers and prefetch_factor need workers.",
    ),
    "ValueError: num_workers option should be non-negative": "num_workers is a number of processes: at most n_cpu, and "
    "never below 0.",
    "ValueError: sampler option is mutually exclusive with shuffle": "PyTorch refuses this combination: a sampler goes "
    "without shuffle.",
}
NOT_PINNED = (
    "A GPU cannot fetch by itself from memory that is not pinned, and non_blocking=True has no effect: pin for cuda."
)
PINNED = "Pinning memory helps only CUDA, and warns without it: let pin_memory depend on the device."
NOT_SHUFFLED = "In training the rows must be shuffled: set shuffle=True when train is True."
SHUFFLED = (
    "In evaluation keep the dataset's order: shuffling does no harm to a mean, but it does when you match predictions "
    "with labels."
)
SWAPPED = "It is the other way around: shuffle in training, and keep the order in evaluation."
USED_UP = (
    "It is used up after the first epoch: give the loader a sampler that can be iterated over again, or shuffle=True."
)
SAME_ORDER = "Every epoch has the same order: let the loader shuffle, since it draws a new order for each epoch."
BATCHES_ONLY = "The batches are shuffled, but each holds neighbouring rows: shuffle the rows."


@dataclass(frozen=True)
class Rows:
    """What a dataset consists of: X (n, d) float32 and y (n,) int64."""

    X: Array
    y: Array

    def __len__(self) -> int:
        return len(self.y)


@dataclass(frozen=True)
class Epoch:
    """Which rows an epoch gave, batch by batch, as numbers of rows."""

    batches: tuple[tuple[int, ...], ...]

    @property
    def rows(self) -> list[int]:
        """All rows, in order."""
        return list(itertools.chain.from_iterable(self.batches))


def rows_of(inputs: Inputs, n: int) -> Rows:
    """`n` random rows, no two alike."""
    return Rows(inputs.normal(n, 3), np.array(inputs.integers(n, -500, 500), "int64"))


def dataset_of(student: Student, rows: Rows) -> Handle:
    """A dataset of these rows, in the worker."""
    return student.make("dataset", rows.X, rows.y, called=f"a dataset of {len(rows)} rows")


def make_loader(student: Student, dataset: Handle, batch_size: int, device: str, n_cpu: int, train: bool) -> Handle:
    """What the student's make_loader() gives, still in the worker: a DataLoader, as it says."""
    loader = student.make_loader.new(dataset, batch_size, device, n_cpu, train)
    expect.that(
        loader.is_a(LOADER),
        f"{loader} returned {_kind(loader)}; expected a DataLoader.",
        mistake="Your function returned None: return the loader." if loader.thing.type_name == "NoneType" else None,
    )
    return loader


def options_of(student: Student, loader: Handle) -> dict[str, Any]:
    """A loader's options by name, as the worker has them."""
    found = student.probe("options", loader).value
    return found if isinstance(found, dict) else {}


def _kind(loader: Handle) -> str:
    return "None" if loader.thing.type_name == "NoneType" else f"an object of type {loader.thing.type_name}"


def epochs_of(student: Student, loader: Handle, rows: Rows) -> list[Epoch]:
    """The rows of EPOCHS epochs.

    Raises:
        CheckFailed: if a batch is no pair (X, y), or holds what is not in the dataset.
    """
    numbers = {row.tobytes(): number for number, row in enumerate(rows.X)}
    answer = student.fetch("epochs", loader, EPOCHS)
    found: Any = answer.value
    expect.that(
        isinstance(found, list) and len(found) == EPOCHS and all(isinstance(epoch, list) for epoch in found),
        f"The batches of {loader} cannot be read.",
    )
    epochs = [Epoch(tuple(_rows_of_batch(batch, rows, numbers, str(loader)) for batch in epoch)) for epoch in found]
    for number, epoch in enumerate(epochs, 1):
        expect.that(
            bool(epoch.rows),
            f"Epoch {number} of {loader} gave no rows.",
            mistake=USED_UP if number > 1 else None,
        )
    return epochs


def _rows_of_batch(batch: Any, rows: Rows, numbers: dict[bytes, int], question: str) -> tuple[int, ...]:
    pair = list(batch) if isinstance(batch, list | tuple) else []
    expect.that(
        len(pair) == 2 and all(isinstance(item, Tensor) and not item.meta for item in pair),
        f"A batch of {question} is {show(batch)}; expected a pair (X, y) of tensors.",
    )
    X, y = (item.array for item in pair)
    expect.that(
        X.ndim == 2 and X.shape[1:] == rows.X.shape[1:] and y.shape == X.shape[:1],
        f"A batch of {question} has shapes {X.shape} and {y.shape}; expected (rows, {rows.X.shape[1]}) and (rows,).",
    )
    expect.that(len(X) <= len(rows), f"A batch of {question} has {len(X):,} rows, more than the dataset's {len(rows)}.")
    found = [numbers.get(row.tobytes()) for row in X]
    belongs = [number is not None and rows.y[number] == value for number, value in zip(found, y, strict=True)]
    expect.that(
        all(belongs) and y.dtype == rows.y.dtype,
        f"A batch of {question} holds a pair (x, y) that is not in the dataset.",
        mistake="Leave the dataset's pairs as they are: the same numbers and dtypes, and each x with its own y.",
    )
    return tuple(number for number in found if number is not None)


def is_on(option: Any) -> bool | None:
    """Whether an option is switched on; None if it cannot be told. PyTorch only asks for its truth, so 2 will do."""
    return bool(option) if option is None or isinstance(option, bool | int | float | str) else None


@check("make_loader() gives a DataLoader, for every device", points=1, kind="W", explain=REFUSED)
def builds(student: Student, inputs: Inputs) -> None:
    dataset = dataset_of(student, rows_of(inputs, inputs.integer(20, 40)))
    for device in DEVICES:
        for train in (True, False):
            make_loader(student, dataset, inputs.integer(2, 9), device, inputs.integer(2, MOST_CORES), train)
    reading = student.reading("make_loader")
    reading.expect(
        any("loader" in word.lower() for word in reading.words), "make_loader() was seen to give a DataLoader"
    )


def expect_option(student: Student, name: str, place: int = 99) -> None:
    """The source names this option, or gives so many arguments by place that it is among them.

    What a loader's options are, only the worker says.
    """
    reading = student.reading("make_loader")
    several = reading.calls("DataLoader", "partial", "__init__")
    starred = any(isinstance(argument, ast.Starred) for call in several for argument in call.args)
    by_place = starred or any(len(call.args) >= place for call in reading.calls())
    reading.expect(reading.says(name) or by_place, f"A loader was seen to have its own {name}")


@check("memory is pinned for CUDA, and for no other device", points=1, after=builds, kind="W")
def pinned(student: Student, inputs: Inputs) -> None:
    dataset = dataset_of(student, rows_of(inputs, inputs.integer(20, 40)))
    for device in inputs.sample(DEVICES, len(DEVICES)):
        for train in (True, False):
            loader = make_loader(student, dataset, inputs.integer(2, 9), device, inputs.integer(2, MOST_CORES), train)
            wanted, got = device == "cuda", options_of(student, loader).get("pin_memory")
            expect.that(
                is_on(got) is wanted,
                f"{loader} has pin_memory={show(got)}; expected {wanted}.",
                mistake=NOT_PINNED if wanted else PINNED,
            )
    expect_option(student, "pin_memory", 8)
    reading = student.reading("make_loader")
    reading.expect(reading.fates(2) != set(), "A loader's pin_memory was seen to depend on the device")


@check("training shuffles in every epoch, evaluation keeps the order", points=2, after=builds, explain=REFUSED)
def order(student: Student, inputs: Inputs) -> None:
    for device in inputs.sample(DEVICES, len(DEVICES)):
        # A multiple of the batch size: whether a smaller last batch is dropped is another question.
        batch_size = inputs.integer(4, 6)
        rows, n_cpu = rows_of(inputs, batch_size * inputs.integer(5, 7)), inputs.integer(2, MOST_CORES)
        dataset = dataset_of(student, rows)
        training = make_loader(student, dataset, batch_size, device, n_cpu, True)
        evaluation = make_loader(student, dataset, batch_size, device, n_cpu, False)
        expect_order(training, epochs_of(student, training, rows), evaluation, epochs_of(student, evaluation, rows))


def expect_order(training: Handle, learned: Sequence[Epoch], evaluation: Handle, judged: Sequence[Epoch]) -> None:
    """The orders that both loaders gave are what they should be."""
    in_order = [epoch.rows == sorted(epoch.rows) for epoch in (*learned, *judged)]
    swapped = in_order == [True] * len(learned) + [False] * len(judged)
    expect.that(
        not any(in_order[: len(learned)]),
        f"An epoch of {training} gave the rows {show(learned[0].rows)}: they are in the dataset's order.",
        mistake=SWAPPED if swapped else NOT_SHUFFLED,
    )
    first, second = (epoch.rows for epoch in learned[:2])
    expect.that(
        first != second,
        f"Two epochs of {training} both gave the rows {show(first)}.",
        mistake=SAME_ORDER,
    )
    expect.that(
        not all(len(batch) > 1 and max(batch) - min(batch) < len(batch) for batch in learned[0].batches),
        f"The batches of {training} begin with the rows {show(learned[0].batches[:2])}.",
        mistake=BATCHES_ONLY,
    )
    for epoch in judged:
        expect.that(
            epoch.rows == sorted(epoch.rows),
            f"An epoch of {evaluation} gave the rows {show(epoch.rows)}; expected the dataset's order.",
            mistake=SHUFFLED,
        )


NOT_A_LIST = "Return a list or tuple: a generator can be used only once, and has no length."
ANOTHER_ORDER = "Keep the tensors in their order."
ANOTHER_DTYPE = "Leave the dtype as it is: class numbers must arrive as integers."
MOVES = ("to", "cuda", "device")
ONE_BY_ONE = {
    "ValueError: values to unpack": "A batch may hold one tensor, two or more: go through them in a loop.",
    **dict.fromkeys(
        [f"AttributeError: '{kind}' object has no attribute '{move}'" for kind in ("list", "tuple") for move in MOVES],
        "A batch is a list or tuple: move its tensors, one by one.",
    ),
}
HARD_CODED = "Move the tensors to the device that the argument names."


def expect_unchanged(answer: Answer, names: list[str], tensors: list[Any]) -> None:
    """The answer is a list or tuple of these tensors."""
    got: Any = answer.value
    count = "one tensor" if len(tensors) == 1 else f"{len(tensors)} tensors"
    expect.that(
        isinstance(got, list | tuple) and len(got) == len(tensors),
        f"{answer.question} returned {show(got)}; expected a list or tuple of {count}.",
        mistake="Your function returned None: return the tensors."
        if got is None
        else NOT_A_LIST
        if isinstance(got, Thing) and got.type_name in ("generator", "map")
        else None,
    )
    shapes = [tensor.shape for tensor in tensors]
    for name, value, tensor in zip(names, got, tensors, strict=True):
        others = [shape for shape in shapes if shape != tensor.shape]
        expect.close(
            Answer(value, f"the {name} of {answer.question}"),
            tensor,
            dtype=str(tensor.dtype),
            mistakes={
                ANOTHER_ORDER: lambda found, others=others: found.shape in others,
                ANOTHER_DTYPE: lambda found, tensor=tensor: found.shape == tensor.shape and found.dtype != tensor.dtype,
            },
        )


@check(
    "to_device() returns the tensors of a batch in their order when the device is the CPU",
    points=1,
    explain={**ONE_BY_ONE, "RuntimeError: CUDA": HARD_CODED, "AssertionError: CUDA": HARD_CODED},
)
def keeps_the_batch(student: Student, inputs: Inputs) -> None:
    n = inputs.integer(9, 12)
    tensors = [inputs.normal(n, 3), np.array(inputs.integers(n, 0, 99), "int64")]
    batch = student.make("batch", tensors, "list", called="[X, y]")
    answer = student.to_device(batch, "cpu")
    expect_unchanged(answer, ["X", "y"], tensors)
    for name, value in zip(["X", "y"], answer.value, strict=True):
        expect.that(
            value.glance("device") == "cpu",
            f"{answer.question} left {name} on {show(value.glance('device'))}; expected it on 'cpu'.",
            mistake=HARD_CODED,
        )
