"""Hidden checks of ex09: the workers, that no row is lost, and the copy to the device."""

from __future__ import annotations

import ast
import itertools
from collections import Counter
from typing import Any

import numpy as np

from grader import Answer, Handle, Inputs, Student, check, expect, show

from .checks import (
    DEVICES,
    HARD_CODED,
    MOST_CORES,
    ONE_BY_ONE,
    REFUSED,
    Epoch,
    dataset_of,
    epochs_of,
    expect_option,
    expect_unchanged,
    is_on,
    make_loader,
    options_of,
    rows_of,
)

NO_WORKERS = (
    "Without workers the GPU waits while each batch is put together: let 1 to n_cpu processes do it in advance."
)
TOO_MANY = (
    "More processes than cores must take turns (on one core an epoch took us 5.5 s with 0 workers, 9.0 s with 2): "
    "use at most n_cpu."
)
NOT_PERSISTENT = "Every epoch starts new workers and ends them: persistent_workers=True keeps them alive."
DROPPED = "These rows are missing from your metric: use drop_last=True only in training."
TWICE = "Some rows come twice and others never: every epoch gives each row once, so draw without replacement."
LOST = "Some rows never come: every epoch gives each row once."
OTHER_SIZE = "A batch must have batch_size rows."


def cores(inputs: Inputs) -> tuple[int, ...]:
    """Numbers of cores: the least, two, some, and more than a small machine has."""
    return 1, 2, inputs.integer(3, MOST_CORES - 1), MOST_CORES


@check(
    "CUDA gets 1 to n_cpu workers, other devices no more than n_cpu",
    points=2,
    after="builds",
    kind="W",
    explain=REFUSED,
)
def workers(student: Student, inputs: Inputs) -> None:
    dataset = dataset_of(student, rows_of(inputs, inputs.integer(20, 40)))
    for device in DEVICES:
        fewest = 1 if device == "cuda" else 0
        for n_cpu, train in itertools.product(cores(inputs), (True, False)):
            loader = make_loader(student, dataset, inputs.integer(2, 9), device, n_cpu, train)
            got = options_of(student, loader).get("num_workers")
            expect.that(
                isinstance(got, int) and fewest <= got <= n_cpu,
                f"{loader} has num_workers={show(got)}; expected {_range(fewest, n_cpu)}.",
                mistake=(NO_WORKERS if got < fewest else TOO_MANY) if isinstance(got, int) else None,
            )
    expect_option(student, "num_workers", 6)


def _range(fewest: int, most: int) -> str:
    return f"{fewest}" if fewest == most else f"{fewest} to {most}"


@check("CUDA's workers stay alive from epoch to epoch", points=1, after="builds", kind="W", explain=REFUSED)
def workers_stay(student: Student, inputs: Inputs) -> None:
    dataset = dataset_of(student, rows_of(inputs, inputs.integer(20, 40)))
    for n_cpu, train in itertools.product(cores(inputs), (True, False)):
        loader = make_loader(student, dataset, inputs.integer(2, 9), "cuda", n_cpu, train)
        got = options_of(student, loader).get("persistent_workers")
        expect.that(
            is_on(got) is True,
            f"{loader} has persistent_workers={show(got)}; expected True.",
            mistake=NOT_PERSISTENT,
        )
    expect_option(student, "persistent_workers")


@check("every epoch gives each row once, in batches of batch_size", points=1, after="builds", explain=REFUSED)
def each_row_once(student: Student, inputs: Inputs) -> None:
    for device in DEVICES:
        for train in (True, False):
            batch_size = inputs.integer(3, 7)
            n = batch_size * inputs.integer(3, 5) + inputs.integer(1, batch_size - 1)
            rows, n_cpu = rows_of(inputs, n), inputs.integer(2, MOST_CORES)
            loader = make_loader(student, dataset_of(student, rows), batch_size, device, n_cpu, train)
            for epoch in epochs_of(student, loader, rows):
                expect_each_once(loader, epoch, n, batch_size, may_drop=train)


def expect_each_once(loader: Handle, epoch: Epoch, n: int, batch_size: int, *, may_drop: bool) -> None:
    """An epoch has each of n rows once, in full batches and a rest; in training the rest may be missing."""
    counts, rest = Counter(epoch.rows), n % batch_size
    missing = n - len(counts)
    twice = len(counts) < len(epoch.rows)
    expect.that(
        not twice and missing in ({0, rest} if may_drop else {0}),
        f"An epoch of {loader} gave {len(epoch.rows)} rows, {len(counts)} of them different; expected all {n}.",
        mistake=TWICE if twice else DROPPED if missing == rest and not may_drop else LOST,
    )
    sizes, wanted = [len(batch) for batch in epoch.batches], [batch_size] * (n // batch_size)
    wanted += [] if missing else [rest]
    expect.that(
        sizes == wanted,
        f"An epoch of {loader} has batches of {show(sizes)} rows; expected {show(wanted)}.",
        mistake=OTHER_SIZE,
    )


NOT_MOVED = (
    "Tensor.to() makes a new tensor and leaves the old one where it is: return the new one, on the device that "
    "the argument names, whether this machine has it or not."
)
ONE_STAYED = (
    "The model's output and the target must be on the same device: move all tensors, so that none stays behind."
)
WAITS = "The program waits for this copy: with non_blocking=True it goes on while the GPU fetches the batch."


@check(
    "to_device() moves every tensor, and does not wait for CUDA",
    points=1,
    after="keeps_the_batch",
    kind="W",
    explain=ONE_BY_ONE,
)
def moves(student: Student, inputs: Inputs) -> None:
    function = student.to_device.get().value
    watched = student.make("watched", function, called="to_device")
    for names in (["X", "y"], ["X"], ["X1", "X2", "y"]):
        for device in inputs.sample(DEVICES, len(DEVICES)):
            n, kind = inputs.integer(9, 12), inputs.choice(("list", "tuple"))
            tensors = [
                np.array(inputs.integers(n, 0, 99), "int64") if name == "y" else inputs.normal(n, 3 + place)
                for place, name in enumerate(names)
            ]
            shown = f"[{', '.join(names)}]" if kind == "list" else f"({', '.join(names)}{',' * (len(names) == 1)})"
            batch = student.make("batch", tensors, kind, called=shown)
            answer = watched.forward(batch, device)
            found: dict[Any, Any] = answer.value if isinstance(answer.value, dict) else {}
            expect_unchanged(Answer(found.get("given"), answer.question), names, tensors)
            expect_moves(answer.question, names, device, found.get("moves"))
            if device == student.device.split(":")[0]:
                expect_there(student.to_device(batch, device), names, tensors, device)
    reading = student.reading("to_device")
    reading.expect(reading.fates(1) != set(), "to_device() was seen to move tensors to the device of its argument")
    flags = [value for call in reading.calls() for value in call.args if isinstance(value, ast.Constant)]
    free = reading.says("non_blocking") or any(flag.value is True for flag in flags)
    reading.expect(free, "to_device() was seen not to wait for a copy")


def expect_moves(question: str, names: list[str], device: str, found: Any) -> None:
    """Every tensor was moved to this device, without waiting if it is CUDA."""
    moves = found if isinstance(found, list) and len(found) == len(names) else [None] * len(names)
    places = [move[0] if isinstance(move, list) and len(move) == 2 else "cpu" for move in moves]
    for name, place, move in zip(names, places, moves, strict=True):
        expect.that(
            place == device,
            f"{question} left {name} on {show(place)}; expected it on {show(device)}.",
            mistake=HARD_CODED if place != "cpu" else ONE_STAYED if device in places else NOT_MOVED,
        )
        expect.that(
            device != "cuda" or (isinstance(move, list) and move[1] is True),
            f"{question} copied {name} with non_blocking=False.",
            mistake=WAITS,
        )


def expect_there(answer: Answer, names: list[str], tensors: list[Any], device: str) -> None:
    """The tensors have come to the device that is graded on, unchanged."""
    expect_unchanged(answer, names, tensors)
    for name, value in zip(names, answer.value, strict=True):
        expect.that(
            value.device.split(":")[0] == device,
            f"{answer.question} left {name} on {show(value.device)}; expected it on {show(device)}.",
            mistake=NOT_MOVED,
        )
