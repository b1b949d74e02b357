"""The training and the evaluation of lab11, replayed on the trusted side, and what mistakes lead to."""

from __future__ import annotations

import functools
from typing import Any

# Imported while the sandbox imports its own: the replay runs here.
import torch._dynamo  # noqa: F401

from grader import Answer, Handle, Inputs, Student, apparatus, torch_here, training_loops

SIZES = (4, 5, 3)
"""Rows of the batches: none alike, so that no mean is right by accident."""

DEFAULT = 0.2
"""The auxiliary loss's weight where none is said, as in the chapter."""

SWAPPED = "You swapped the weights: the auxiliary loss has the weight aux_weight, the main loss 1 - aux_weight."
BOTH_WHOLE = "Both losses count in full: the main loss has the weight 1 - aux_weight, the auxiliary one aux_weight."
AUX_DROPPED = "The auxiliary loss does not count: add aux_weight times the criterion of the auxiliary output."
AUX_LEFT_OUT = "The main loss has its weight, but the auxiliary one does not count: add it, times aux_weight."
MAIN_WHOLE = "Your main loss counts in full: multiply it by 1 - aux_weight."
AUX_WHOLE = "Your auxiliary loss counts in full: multiply it by aux_weight."
MAIN_DROPPED = "The main loss does not count: add 1 - aux_weight times the criterion of the main output."
MAIN_LEFT_OUT = "The auxiliary loss has its weight, but the main one does not count: add it, times 1 - aux_weight."
OUTPUTS_AVERAGED = "You averaged the outputs before the criterion: weight the two losses instead, by aux_weight."
FIXED = "Your weight is always 0.2: use the argument aux_weight, for which 0.2 is only the default."
OUTPUTS_WEIGHTED = "You weighted and added the outputs before the criterion: weight the two losses instead."


@functools.lru_cache  # so that replays of it are remembered
def mixed(of_main: float, of_aux: float) -> training_loops.LossOf:
    """The loss with any two weights; a part that has none is left out."""

    def loss_of(model: Any, criterion: Any, batch: training_loops.Batch) -> Any:
        *inputs, y = batch
        main, auxiliary = model(*inputs)
        return of_main * criterion(main, y) + of_aux * criterion(auxiliary, y)

    return loss_of


@functools.lru_cache  # so that replays of it are remembered
def targets_first(weight: float) -> training_loops.LossOf:
    """A mistake: both criteria get the targets first."""

    def loss_of(model: Any, criterion: Any, batch: training_loops.Batch) -> Any:
        *inputs, y = batch
        main, auxiliary = model(*inputs)
        return (1 - weight) * criterion(y, main) + weight * criterion(y, auxiliary)

    return loss_of


@functools.lru_cache  # so that replays of it are remembered
def of_mixed_outputs(weight: float) -> training_loops.LossOf:
    """A mistake: the criterion of the weighted outputs."""

    def loss_of(model: Any, criterion: Any, batch: training_loops.Batch) -> Any:
        *inputs, y = batch
        main, auxiliary = model(*inputs)
        return criterion((1 - weight) * main + weight * auxiliary, y)

    return loss_of


def bad_habits(weight: float) -> dict[str, training_loops.Habits]:
    """Sentence → the habit that it names, where the auxiliary loss is to have this weight; first those of the loss."""
    losses: dict[str, training_loops.LossOf] = {
        SWAPPED: mixed(weight, 1 - weight),
        BOTH_WHOLE: mixed(1, 1),
        AUX_DROPPED: mixed(1, 0),
        AUX_LEFT_OUT: mixed(1 - weight, 0),
        MAIN_WHOLE: mixed(1, weight),
        AUX_WHOLE: mixed(1 - weight, 1),
        MAIN_DROPPED: mixed(0, 1),
        MAIN_LEFT_OUT: mixed(0, weight),
        OUTPUTS_WEIGHTED: of_mixed_outputs(weight),
        OUTPUTS_AVERAGED: of_mixed_outputs(0.5),
        training_loops.TARGETS_FIRST: targets_first(weight),
    }
    if weight != DEFAULT:
        losses[FIXED] = training_loops.with_auxiliary(DEFAULT)
    return {
        **{sentence: training_loops.Habits(loss_of=loss_of) for sentence, loss_of in losses.items()},
        **training_loops.BAD_HABITS,
    }


def plan(names: tuple[str, ...], *, norm: bool = False) -> dict[str, Any]:
    """A network of so many inputs and two outputs, the auxiliary one from the last input's way."""
    deep = [["Linear", 3, 5], *([["BatchNorm1d", 5]] if norm else []), ["ReLU"]]
    straight: list[Any] = [[name, []] for name in names[:-1]]
    return {
        "inputs": [*straight, [names[-1], deep]],
        "output": [["Linear", 2 * len(straight) + 5, 1]],
        "auxiliary": [names[-1], [["Linear", 5, 1]]],
    }


def batches(inputs: Inputs, n_inputs: int, sizes: tuple[int, ...] = SIZES) -> tuple[training_loops.Batch, ...]:
    """Batches for such a network: (*inputs, y), float32; the last input has three columns, the others two."""
    return tuple(
        (*(inputs.normal(n, 2) for _ in range(n_inputs - 1)), inputs.normal(n, 3), 3 + inputs.normal(n, 1))
        for n in sizes
    )


def setup(
    inputs: Inputs,
    n_inputs: int,
    weight: float,
    *,
    norm: bool = False,
    training: bool = True,
    epochs: int = 3,
    loss: str = "MSELoss",
) -> training_loops.Setup:
    """What a loop is run on: plain SGD, or with `norm` also BatchNorm and momentum."""
    drawn = plan(("a", "b", "c")[:n_inputs], norm=norm)
    options = {"lr": 0.05, "momentum": 0.9} if norm else {"lr": 0.05}
    return training_loops.Setup(
        drawn,
        training_loops.initial_state(inputs, drawn, builder="branched"),
        "SGD",
        options,
        loss,
        batches(inputs, n_inputs),
        epochs,
        training=training,
        builder="branched",
        loss_of=training_loops.with_auxiliary(weight),
    )


def train(student: Student, to_run: training_loops.Setup, weight: float, *, by_default: bool = False) -> Answer:
    """Let the student's loop run, and compare the model with where good habits lead; what the loop returned."""
    model, optimizer, criterion, loader = training_loops.objects_of(student, to_run)
    arguments: list[Any] = [model, optimizer, criterion, loader, to_run.epochs]
    if not by_default:
        arguments += [student.device, weight]
    answer = student.train_aux(*arguments)
    training_loops.expect_same_path(student, model, answer.question, to_run, bad_habits(weight))
    return answer


def judged(
    drawn: dict[str, Any], state: dict[str, Any], seen: tuple[training_loops.Batch, ...], *, training: bool
) -> list[Any]:
    """For each batch main output, auxiliary output and targets, as float64 arrays."""
    import torch

    with torch_here.one_thread(), torch.no_grad():
        model = apparatus.model(drawn, state, training, builder="branched")
        return [
            [part.numpy().astype("float64") for part in (*model(*inputs), y)] for *inputs, y in apparatus.batches(seen)
        ]


def model_of(student: Student, drawn: dict[str, Any], state: dict[str, Any], *, training: bool = True) -> Handle:
    """Such a network in the worker."""
    return student.make("model", drawn, state, training, student.device, "branched", called="model")
