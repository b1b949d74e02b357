"""Hidden checks of lab13: other networks and loops, eval mode, the device, and handwritten digits."""

from __future__ import annotations

import functools
from typing import Any

import numpy as np

# Imported while the sandbox imports its own.
from sklearn.datasets import load_digits

from grader import Inputs, Student, Tensor, check, difference, expect, show

from . import truth
from .checks import (
    CLASSES,
    NO_CLASS,
    RAISES,
    SHAPES,
    TRAIN_MODE,
    expect_logits,
    expect_names,
    expect_share,
    expect_trained,
    model_of,
    pictured_task,
    setup_of,
)
from .truth import Array

NORMED = (("Flatten",), ("Linear", 6, 7), ("BatchNorm1d", 7), ("ReLU",), ("Linear", 7, 4))
MOVED_ON = "Judging must not change the model: in eval mode BatchNorm's averages stay, and no step is taken."
NOT_MOVED = "Move both to the device that you were given, X and y: X, y = X.to(device), y.to(device)."
ALIKE = "The neurons of a hidden layer are all alike, and stay so: leave the weights random, as PyTorch makes them."


@check("ImageClassifier() gives logits for images and layers of any size", points=1, after="logits", explain=SHAPES)
def any_layers(student: Student, inputs: Inputs) -> None:
    for n in (1, inputs.integer(3, 9)):
        h, w = inputs.integers(2, 3, 6)
        expect_logits(student, inputs, n, (h, w), inputs.integers(3, 2, 11))


@check("fit_classifier() trains a deep model with BatchNorm and momentum", points=1, after="trains", explain=SHAPES)
def trains_deep(student: Student, inputs: Inputs) -> None:
    expect_trained(student, setup_of(inputs, NORMED, {"lr": 0.1, "momentum": 0.9}, 4, training=False))


@check(
    "accuracy() and names_of() judge in eval mode, and change nothing",
    points=1,
    after=("share_of_right", "names"),
    explain=NO_CLASS,
)
def judge_in_eval_mode(student: Student, inputs: Inputs) -> None:
    while True:
        task = truth.labelled(inputs, NORMED, (9, 8, 5), (2, 3))
        shares = truth.share(task.right()), truth.share(task.right(training=True))
        if truth.apart(shares) and task.clear():
            break
    model = model_of(student, task)
    batches = [list(batch) for batch in task.batches]
    named, images = pictured_task(inputs, NORMED, 8, (2, 3))
    with expect.explained(RAISES):
        student.accuracy(model, student.make("batches", batches, student.device, called="a loader"))
        student.names_of(model, images, list(CLASSES[:4]))
    moved = difference(student.fetch("state_of", model).value, task.state, atol=1e-5) is not None
    # A model that has moved on between two batches may give another share, too.
    expect_share(student, task, {TRAIN_MODE: shares[1], MOVED_ON: lambda got: moved})
    expect_names(student, named, images, CLASSES[:4])
    expect.that(
        not moved,
        "After accuracy() and names_of() the model's parameters or averages are others than before.",
        mistake=MOVED_ON,
    )


@check("fit_classifier() moves every batch to the model's device", points=1, kind="W", after="trains")
def moves(student: Student, inputs: Inputs) -> None:
    y = np.array([0, 2, 1, 0], "int64")
    found = student.probe("places", student.fit_classifier.get().value, inputs.normal(4, 1, 2, 3), y, 3).value
    expect.that(isinstance(found, dict), f"The batches were at {show(found)}; expected a device.")
    for name, places in found.items():
        expect.that(
            bool(places) and set(places) <= {"meta"},
            f"The model was on the device meta, and {name}, when it was used, on "
            f"{', '.join(sorted(set(places))) or 'none: nobody asked for it'}.",
            mistake=NOT_MOVED if places else None,
        )


LEARNED, NEW, BATCH, EPOCHS = 600, 400, 60, 12
HIDDEN = (32, 20)
GOOD_ENOUGH = 0.75
"""Accuracy on new digits. In 45 draws right work had at least 0.89; with a softmax in the model 0.47 at most, and with
pixels up to 255 or weights of zero a tenth."""


@functools.cache
def all_digits() -> tuple[Array, Array]:
    """Images (1797, 8, 8) of handwritten digits, bytes, and classes (1797,); scikit-learn's go up to 16."""
    images, y = load_digits(return_X_y=True)
    return (images.reshape(-1, 8, 8) * (255 / 16)).astype("uint8"), y.astype("int64")


def digits(inputs: Inputs) -> tuple[Array, Array]:
    """Some of them, shuffled."""
    images, y = all_digits()
    rows = inputs.sample(range(len(y)), LEARNED + NEW)
    return images[rows], y[rows]


@check(
    "all together reads new handwritten digits",
    points=1,
    after=("bytes_to_inputs", "any_layers", "trains_deep", "judge_in_eval_mode", "moves"),
)
def reads_digits(student: Student, inputs: Inputs) -> None:
    images, y = digits(inputs)
    model = student.ImageClassifier.new(64, *HIDDEN, 10)
    model.name = "model"
    student.probe("moved", model, student.device)
    optimizer = student.make("optimizer", model, "SGD", {"lr": 0.1, "momentum": 0.9}, called="optimizer")
    criterion = student.make("criterion", "CrossEntropyLoss", called="criterion")
    X = student.to_inputs.new(images[:LEARNED])
    loader = student.make("loader_of", X, y[:LEARNED], BATCH, inputs.integer(0, 1000), called="loader")
    with expect.explained(RAISES):
        student.fit_classifier.new(model, optimizer, criterion, loader, EPOCHS, student.device)
        answer = model.forward(student.to_inputs.new(images[LEARNED:]))
    logits = answer.value
    whole = isinstance(logits, Tensor) and logits.shape == (NEW, 10)
    expect.that(whole, f"The model returned {show(logits)} for {NEW} images; expected logits ({NEW}, 10).")
    found = float((logits.array.argmax(1) == y[LEARNED:]).mean())
    state: Any = student.fetch("state_of", model).value
    expect.that(
        found >= GOOD_ENOUGH,
        f"After {EPOCHS} epochs on {LEARNED} digits {found:.0%} of {NEW} new ones are read rightly; "
        f"expected {GOOD_ENOUGH:.0%} or more.",
        mistake=ALIKE if any(_alike(value.array) for value in state.values()) else None,
    )


def _alike(weights: Array) -> bool:
    """Whether this is a matrix all of whose rows are the same."""
    return weights.ndim == 2 and bool((weights == weights[:1]).all())
