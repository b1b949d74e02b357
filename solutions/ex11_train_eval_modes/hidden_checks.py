"""Hidden checks of ex11: what predict() must leave alone, and fit() by trajectory replay."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from grader import Answer, Inputs, Student, check, difference, epoch_losses, expect, training_loops

from .checks import (
    BAD,
    ONE_ROW,
    ROWS,
    expect_prediction,
    fit,
    history_of,
    noisy_model,
    noisy_state,
    truth,
    unchanged,
)

DEEP = (("Linear", 4, 6), ("BatchNorm1d", 6), ("ReLU",), ("Linear", 6, 3))
KEEPS_GRAPHS = "Store loss.item(), a plain number: the tensor keeps the graph of its batch in memory."


@check(
    "predict() leaves BatchNorm's averages and everything else as they are",
    points=1.5,
    after="same_each_time",
    kind="W",  # what the model is afterwards is what it was before, which the worker knows
)
def leaves_the_model_alone(student: Student, inputs: Inputs) -> None:
    for _ in range(3):
        state = noisy_state(inputs)
        model = noisy_model(student, state)
        answer = student.predict(model, inputs.normal(ROWS, 4))
        found = student.fetch("state_of", model).value
        expect.that(
            unchanged(found, state),
            f"After {answer.question} the model's parameters or averages have changed.",
            mistake="A prediction must not change the model: call model.eval() before it, and make no step.",
        )


@check("predict() gives a sample the same output in any batch", points=1, explain=ONE_ROW)
def whatever_company(student: Student, inputs: Inputs) -> None:
    state, x = noisy_state(inputs), inputs.normal(ROWS, 4)
    right = truth(state, x)
    split = inputs.integer(2, ROWS - 2)
    for rows in (slice(0, 1), slice(1, ROWS), slice(0, split), slice(split, ROWS)):
        expect_prediction(student, state, x[rows], right[rows])


def fit_setup(inputs: Inputs, loss: str, *, training: bool) -> training_loops.Setup:
    """A model with BatchNorm; momentum, and validation batches that are unlike the training ones."""
    state = training_loops.initial_state(inputs, DEEP)
    batches = training_loops.batches_of(inputs, (4, 5, 3, 2), 4, 3)
    valid = tuple((2 * x + 1, y) for x, y in training_loops.batches_of(inputs, (6, 5, 3), 4, 3))
    options = {"lr": 0.05, "momentum": 0.9}
    return training_loops.Setup(DEEP, state, "SGD", options, loss, batches, 3, valid=valid, training=training)


@check("fit() trains the model correctly, epoch after epoch", points=2, after="fit_once")
def fit_path(student: Student, inputs: Inputs) -> None:
    # The second loss tells an output from a target, so that the wrong way round shows.
    for training, loss in ((True, "MSELoss"), (False, "BCEWithLogitsLoss")):
        setup = fit_setup(inputs, loss, training=training)
        answer, model = fit(student, setup)
        training_loops.expect_same_path(student, model, answer.question, setup, BAD)


@check("fit() returns the losses of every epoch, on training and on validation batches", points=1, after="fit_path")
def fit_losses(student: Student, inputs: Inputs) -> None:
    # The second loss tells an output from a target, so that the wrong way round shows.
    for loss in ("MSELoss", "BCEWithLogitsLoss"):
        setup = fit_setup(inputs, loss, training=True)
        right = training_loops.run(setup)
        assert right is not None
        answer, _ = fit(student, setup)
        history = history_of(answer, setup.epochs)
        for key, truths, batches, known in (
            ("train_loss", right.losses, setup.batches, _train_mistakes),
            ("valid_loss", right.valid, setup.valid, _valid_mistakes),
        ):
            found = [epoch[key] for epoch in history]
            question = f"the {key} of {answer.question}"
            means, weighted = training_loops.epoch_means(truths, batches)
            if all(difference(found, value, rtol=training_loops.RTOL) is not None for value in (means, weighted)):
                expect.close(Answer(found, question), means, rtol=training_loops.RTOL, mistakes=known(setup, right))


@check("fit() returns losses that keep no graph", points=0.5, after="fit_losses", kind="W")
def plain_losses(student: Student, inputs: Inputs) -> None:
    setup = fit_setup(inputs, "MSELoss", training=True)
    answer, _ = fit(student, setup)
    for key in ("train_loss", "valid_loss"):
        expect.that(
            not training_loops.still_in_graph([epoch[key] for epoch in history_of(answer, setup.epochs)]),
            f"the {key} of {answer.question} holds tensors that require grad.",
            mistake=KEEPS_GRAPHS,
        )


def _train_mistakes(setup: training_loops.Setup, path: training_loops.Trajectory) -> dict[str, Any]:
    return {
        "That is the loss after the epoch: take the mean of the losses while it learned.": _judged_on_training(setup),
        **epoch_losses.epoch_mistakes(path.losses, setup.batches),
    }


def _valid_mistakes(setup: training_loops.Setup, path: training_loops.Trajectory) -> dict[str, Any]:
    right = path.valid
    in_train_mode = training_loops.run(setup, training_loops.Habits(judged="in train mode"))
    targets_first = training_loops.run(setup, training_loops.Habits(judged="with the targets first"))
    return {
        training_loops.TARGETS_FIRST: _unlike(right, _means(targets_first.valid if targets_first else [])),
        "You validate on the training batches: that loss cannot show overfitting.": _judged_on_training(setup),
        "Validate in eval mode: for this loss BatchNorm used the statistics of the validation batches.": _means(
            in_train_mode.valid if in_train_mode else []
        ),
        "Evaluate after the epoch, not before it.": _shifted(_means(right)),
        **epoch_losses.epoch_mistakes(right, setup.valid),
    }


def _judged_on_training(setup: training_loops.Setup) -> Callable[[Any], bool]:
    judged = training_loops.run(setup, training_loops.Habits(judged="on the training batches"))
    known = training_loops.epoch_means(judged.valid, setup.batches) if judged else ()
    return lambda got: any(difference(got, values, rtol=training_loops.RTOL) is None for values in known)


def _unlike(right: list[list[float]], wrong: list[float]) -> Callable[[Any], bool]:
    """Whether these are the wrong means, where they differ from the right ones at all: an MSELoss's do not."""
    differ = difference(wrong, _means(right), rtol=training_loops.RTOL) is not None
    return lambda got: differ and difference(got, wrong, rtol=training_loops.RTOL) is None


def _means(losses: Sequence[Sequence[float]]) -> list[float]:
    return [float(np.mean(epoch)) for epoch in losses]


def _shifted(means: list[float]) -> Callable[[Any], bool]:
    """Whether all but the first are one epoch late."""
    return lambda got: difference(list(got)[1:], means[:-1], rtol=training_loops.RTOL) is None
