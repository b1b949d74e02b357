"""The first public checks of ex15: the pieces, each by itself."""

from __future__ import annotations

import numpy as np

from grader import Inputs, Student, check, expect

from ..pieces import (
    array,
    epoch_of,
    expect_batches,
    expect_item,
    expect_loaded,
    expect_logits,
    loaders_of,
    rows_like_covertype,
)
from ..table import COLUMNS


@check("load_data() gives scikit-learn's CoverType: X (n, 54) floats, y (n,) ints in 1..7", points=2)
def load_data(student: Student, inputs: Inputs) -> None:
    X, y = rows_like_covertype(inputs, 300)
    student.probe("fill_cache", array(X), array(y), "scikit_learn_data", True)
    expect_loaded(student.load_data(), X, y)


@check("CoverTypeDataset has every row: float32 features, and int64 labels in 0..6", points=3)
def dataset(student: Student, inputs: Inputs) -> None:
    X, y = rows_like_covertype(inputs, 60)
    made = student.CoverTypeDataset.new(array(X), array(y))
    expect.equal(made.method("__len__")(), len(X))
    for row in (0, len(X) - 1, *inputs.integers(6, 1, len(X) - 2)):
        expect_item(made.method("__getitem__")(row), X[row], int(y[row]) - 1)


@check("make_loaders(): every row once per epoch, training rows in a new order, validation rows in theirs", points=4)
def loaders(student: Student, inputs: Inputs) -> None:
    train, valid = rows_like_covertype(inputs, 230), rows_like_covertype(inputs, 90)
    batch_size = inputs.choice((24, 32, 48))
    train_loader, valid_loader, _ = loaders_of(student, train, valid, batch_size, inputs.integer(1, 10_000))
    epochs = [epoch_of(train_loader, *train) for _ in range(2)]
    first, second = (epoch.rows for epoch in epochs)
    # No fault by itself, since the model may standardise: said where the accuracy is too low.
    student.findings.kept["raw"] = bool(np.allclose(epochs[0].X, train[0][first]))
    expect.that(
        not bool((first == np.arange(len(first))).all()),
        "train_loader gives the training rows in their given order.",
        mistake="The training rows may come sorted by class: pass shuffle=True.",
    )
    expect_batches(epochs[0], batch_size)
    expect.that(
        not bool((first == second).all()),
        "train_loader gives the same order in two epochs.",
        mistake="Shuffle anew in every epoch, as a DataLoader with shuffle=True does.",
    )
    for _ in range(2):
        rows = epoch_of(valid_loader, *valid).rows
        expect.that(
            bool((rows == np.arange(len(rows))).all()),
            "valid_loader does not give the validation rows in their given order.",
            mistake="Keep the validation rows in order: shuffling does harm when you match predictions with labels.",
        )


@check("CoverTypeMLP() turns (n, 54) into logits (n, 7)", points=4)
def model(student: Student, inputs: Inputs) -> None:
    made = student.CoverTypeMLP.new()
    expect.that(
        made.is_a("torch.nn.modules.module.Module"),
        f"CoverTypeMLP() is of type {made.thing.type_name}; expected an nn.Module.",
    )
    calm = student.make("to_eval", made, called="CoverTypeMLP().eval()")
    for count in (64, 5):
        expect_logits(calm.forward(3 * inputs.normal(count, COLUMNS)), count)
