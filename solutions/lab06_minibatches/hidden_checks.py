"""Hidden checks of lab06: orders and seeds, BatchNorm and momentum, the losses, the device, and all three together."""

from __future__ import annotations

import numpy as np
import torch

from grader import Inputs, Student, apparatus, check, difference, epoch_losses, expect, show, training_loops

from .checks import (
    LOADERS,
    RAISES,
    SIZES,
    Array,
    epochs_of,
    expect_each_once,
    expect_rows_shuffled,
    linear_setup,
    loader_of,
    order_of,
    rows_of,
    trained,
)

SAME_ORDER = "Your epochs have the same order: seed the generator only once, and let the loader keep drawing from it."
NOT_REPEATED = "The same seed must give the same orders: pass the loader a generator that is seeded with it."
SEED_IGNORED = "Another seed must give other orders: seed the generator with the argument."
KEEPS_GRAPHS = "Store loss.item(), a plain number: the tensor itself keeps the graph of its batch in memory."
NOT_MOVED = "Move both X and y to the device that you were given: X, y = X.to(device), y.to(device)."
DEEP = (("Linear", 4, 6), ("BatchNorm1d", 6), ("ReLU",), ("Linear", 6, 1))


@check("make_loader() shuffles again in every epoch, in the same way for the same seed", points=1, explain=LOADERS)
def shuffles(student: Student, inputs: Inputs) -> None:
    batch_size = inputs.integer(4, 6)
    rows = rows_of(inputs, 4 * batch_size + 3)
    one, other = inputs.integers(2, 0, 1000)
    seen = []
    for seed in (one, one, other):
        loader = loader_of(student, rows, batch_size, True, seed)
        epochs = epochs_of(student, loader, rows, 3)
        for epoch in epochs:
            expect_each_once(loader, epoch, len(rows[0]), batch_size)
        expect_rows_shuffled(loader, epochs)
        expect.that(epochs[0] != epochs[1], f"Two epochs of {loader} have the same order.", mistake=SAME_ORDER)
        seen.append((str(loader), epochs))
    (question, first), (_, again), (_, elsewhere) = seen
    expect.that(first == again, f"Called twice, {question} gave two different orders.", mistake=NOT_REPEATED)
    expect.that(
        first != elsewhere,
        f"The seeds {one} and {other} give the same order, {show(order_of(first[0]))}.",
        mistake=SEED_IGNORED,
    )


@check("train() leads a deep model with BatchNorm and momentum where it should go", points=1, explain=RAISES)
def deep_model(student: Student, inputs: Inputs) -> None:
    for _ in range(2):
        state = training_loops.initial_state(inputs, DEEP)
        options = {"lr": 0.05, "momentum": 0.9}
        batches = training_loops.batches_of(inputs, SIZES, 4, 1)
        trained(student, training_loops.Setup(DEEP, state, "SGD", options, "MSELoss", batches, inputs.integer(3, 4)))


NO_DEFAULT = dict.fromkeys(
    ("RuntimeError: CUDA", "AssertionError: CUDA"),
    'Here train() is called without `device`: the default is "cpu".',
)


@check(
    "train() returns the mean loss of every epoch", points=1, kind="W", after="trains", explain={**RAISES, **NO_DEFAULT}
)
def losses(student: Student, inputs: Inputs) -> None:
    for _ in range(2):
        setup = linear_setup(inputs)
        truth = training_loops.run(setup)
        assert truth is not None
        answer = trained(student, setup, by_default=True)
        expect.that(
            not training_loops.still_in_graph(answer.value),
            f"{answer.question} returned tensors that still require grad.",
            mistake=KEEPS_GRAPHS,
        )
        means, weighted = training_loops.epoch_means(truth.losses, setup.batches)
        if difference(answer.value, weighted, rtol=training_loops.RTOL) is not None:
            known = epoch_losses.epoch_mistakes(truth.losses, setup.batches)
            expect.close(answer, means, rtol=training_loops.RTOL, mistakes=known)


@check("train() moves every batch to the model's device", points=1, kind="W", after="trains")
def moves(student: Student, inputs: Inputs) -> None:
    found = student.probe("places", student.train.get().value, inputs.normal(4, 3), inputs.normal(4, 1)).value
    expect.that(isinstance(found, dict), f"The batches were at {show(found)}; expected a device.")
    for name, places in found.items():
        where = f"on {', '.join(sorted(set(places)))} when it was used" if places else "never used"
        expect.that(
            bool(places) and set(places) <= {"meta"},
            f"The model was on the device meta, but {name} was {where}.",
            mistake=NOT_MOVED if places else None,
        )


LAYERS = (("Linear", 5, 24), ("ReLU",), ("Linear", 24, 1))
ROWS, NEW, EPOCHS = 240, 200, 12
GOOD_ENOUGH = 0.4
"""Mean squared error on new rows, where always saying the mean has 1. In 30 draws right work had at most 0.2, and
work whose targets are (n,) at least 0.7."""


def friedman(inputs: Inputs, count: int) -> tuple[Array, Array]:
    """X (count, 5) and y (count,), both about standardised.

    y is 10 sin(π x1 x2) + 20 (x3 - 0.5)² + 10 x4 + 5 x5, and a little noise, for x uniform in [0, 1]: Friedman,
    "Multivariate adaptive regression splines", The Annals of Statistics 19 (1991).
    """
    x = inputs.uniform(count, 5).astype("float64")
    y = 10 * np.sin(np.pi * x[:, 0] * x[:, 1]) + 20 * (x[:, 2] - 0.5) ** 2 + 10 * x[:, 3] + 5 * x[:, 4]
    y = y + 0.5 * inputs.normal(count)
    return ((x - 0.5) / 0.29).astype("float32"), ((y - 14.4) / 4.9).astype("float32")


@check(
    "dataset, loader and loop learn a curved function together",
    points=1,
    after=("samples", "in_order", "trains"),
    explain=LOADERS,
)
def learns(student: Student, inputs: Inputs) -> None:
    X, y = friedman(inputs, ROWS + NEW)
    state = training_loops.initial_state(inputs, LAYERS)
    model = student.make("model", [list(layer) for layer in LAYERS], state, True, student.device, called="model")
    optimizer = student.make("optimizer", model, "Adam", {"lr": 0.03}, called="optimizer")
    criterion = student.make("criterion", "MSELoss", called="criterion")
    dataset = student.make(
        "on_the_cpu", student.PairDataset.get().value, X[:ROWS], y[:ROWS], called="PairDataset(X, y)"
    )
    loader = student.make_loader.new(dataset, 24, True, inputs.integer(0, 1000))
    answer = student.train(model, optimizer, criterion, loader, EPOCHS, student.device)
    found = student.fetch("state_of", model).value
    whole = isinstance(found, dict) and all(
        name in found and getattr(found[name], "shape", None) == value.shape for name, value in state.items()
    )
    expect.that(whole, f"The model's state after {answer.question} cannot be read.")
    learned = apparatus.model(LAYERS, {name: found[name].array for name in state}, training=False)
    with torch.no_grad():
        error = float(((learned(torch.from_numpy(X[ROWS:])).numpy()[:, 0] - y[ROWS:]) ** 2).mean())
    expect.that(
        error <= GOOD_ENOUGH,
        f"After {answer.question} the mean squared error on new samples is {error:.3g}; "
        f"expected {GOOD_ENOUGH} or less.",
    )
