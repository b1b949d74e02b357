"""Hidden checks of lab10: other numbers, names and orders of inputs, real loaders, losses, where tensors are."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from grader import Inputs, Student, check, difference, epoch_losses, expect, show, training_loops

from .checks import TRAINING, dataset_of, loaded
from .network import sizes, telling_case, truth
from .training import setup, train

OTHER_NAMES = "The inputs have other names here: pass whatever the dictionary holds, model(**inputs)."
KEEPS_GRAPHS = "Store loss.item(), a plain number: the tensor itself keeps the graph of its batch in memory."
NOT_MOVED = "Move every tensor in the batch to the device that you were given: all inputs and y."


@check("WideAndDeepV3 can be called by name", points=0.5, after="v3_forward")
def v3_by_name(student: Student, inputs: Inputs) -> None:
    size = sizes(inputs)
    X_wide, X_deep, w = telling_case(inputs, size)
    network = loaded(student, size, w)
    answer = network.method("__call__")(X_deep=X_deep, X_wide=X_wide)
    expect.close(answer, truth(X_wide, X_deep, w), atol=1e-4)


@check("train_multi() works with one input, three inputs, a DataLoader's batches, and a model in eval mode", points=1.5)
def train_any_number(student: Student, inputs: Inputs) -> None:
    with expect.explained(TRAINING):
        for names in (("x",), ("a", "b", "c")):
            train(student, setup(inputs, names))
        train(student, setup(inputs, ("a", "b"), width=3, norm=True, training=False))
        to_run = setup(inputs, ("a", "b"), width=2)
        one = to_run.batches[1]  # a loader of these rows, whose batches are of 3 and of 2

        def from_a_loader(objects: list[Any]) -> None:
            objects[3] = student.make("loader_of", list(one), 3, called="loader")

        halves = tuple(tuple(part[rows] for part in one) for rows in (slice(0, 3), slice(3, None)))
        train(student, replace(to_run, batches=halves), from_a_loader)


@check("train_named() passes the inputs by name, whatever their order", points=1)
def train_permuted(student: Student, inputs: Inputs) -> None:
    with expect.explained(TRAINING):
        train(student, setup(inputs, ("X_wide", "X_deep"), order=("X_deep", "X_wide")))


@check(
    "train_named() works with any names and any number of inputs, and trains in train mode",
    points=1,
    explain={"KeyError": OTHER_NAMES},
)
def train_any_names(student: Student, inputs: Inputs) -> None:
    with expect.explained(TRAINING):
        train(student, setup(inputs, ("rooms", "text", "age"), order=("text", "age", "rooms")))
        train(student, setup(inputs, ("pixels",), order=("pixels",), width=2))
        train(student, setup(inputs, ("b", "a"), order=("a", "b"), width=3, norm=True, training=False))


@check("a DataLoader makes batches of WideAndDeepDataset's items", points=1, after="dataset_items")
def dataset_collated(student: Student, inputs: Inputs) -> None:
    dataset, X_wide, X_deep, y = dataset_of(student, inputs, columns=2)
    size = inputs.integer(3, 5)
    starts = range(0, len(y), size)
    batches = [({"X_wide": X_wide[i : i + size], "X_deep": X_deep[i : i + size]}, y[i : i + size]) for i in starts]
    expect.close(student.fetch("collated", dataset, size), batches, rtol=0)


@check(
    "both loops return the mean loss of every epoch", points=0.5, kind="W", after=("train_by_position", "train_by_name")
)
def losses(student: Student, inputs: Inputs) -> None:
    names = ("X_wide", "X_deep")
    for order in ((), names):
        to_run = setup(inputs, names, order=order, epochs=inputs.integer(2, 4))
        truth = training_loops.run(to_run)
        assert truth is not None
        answer = train(student, to_run, by_default=True)
        means, weighted = training_loops.epoch_means(truth.losses, to_run.batches)
        expect.that(
            not training_loops.still_in_graph(answer.value),
            f"{answer.question} returned tensors that still require grad.",
            mistake=KEEPS_GRAPHS,
        )
        if difference(answer.value, weighted, rtol=training_loops.RTOL) is not None:
            known = epoch_losses.epoch_mistakes(truth.losses, to_run.batches)
            expect.close(answer, means, rtol=training_loops.RTOL, mistakes=known)


@check(
    "both loops move every tensor to the model's device",
    points=0.5,
    kind="W",
    after=("train_by_position", "train_by_name"),
)
def moves(student: Student, inputs: Inputs) -> None:
    for function, named in ((student.train_multi, False), (student.train_named, True)):
        found = student.probe("places", function.handle(), named).value
        expect.that(isinstance(found, dict), f"The tensors were at {show(found)}; expected devices.")
        for what, places in found.items():
            where = f"on {', '.join(sorted(set(places)))} when it was used" if places else "never used"
            expect.that(
                set(places) == {"meta"},
                f"In {function}() the model was on the device meta, but {what} was {where}.",
                mistake=NOT_MOVED if set(places) - {"meta"} else None,
            )
