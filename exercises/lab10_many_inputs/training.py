"""The two loops of lab10, replayed on the trusted side, and what mistakes lead to."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

# Imported while the sandbox imports its own: the replay runs here.
import torch._dynamo  # noqa: F401

from grader import Answer, Inputs, Student, training_loops

SIZES = (4, 5, 3)
"""Rows of the batches: none alike, so that no mean is right by accident."""

TURNED = "The inputs reach the model in another order: pass them as the batch has them, model(*inputs)."
Y_FIRST = "You took the first part of the batch as the targets, but they come last: *inputs, y."
BY_DICT_ORDER = (
    "You pass the inputs in the order of the dictionary, which may be any order: pass them by name, model(**inputs)."
)
BY_SORTED_NAMES = "You pass the inputs in the order of their sorted names: pass them by name, model(**inputs)."


def _turned(model: Any, criterion: Any, batch: training_loops.Batch) -> Any:
    *inputs, y = batch
    return criterion(model(*reversed(inputs)), y)


def _y_first(model: Any, criterion: Any, batch: training_loops.Batch) -> Any:
    y, *inputs = batch
    return criterion(model(*inputs), y)


def _by_dict_order(model: Any, criterion: Any, batch: training_loops.Batch) -> Any:
    inputs, y = batch
    return criterion(model(*inputs.values()), y)


def _by_sorted_names(model: Any, criterion: Any, batch: training_loops.Batch) -> Any:
    inputs, y = batch
    return criterion(model(*(inputs[name] for name in sorted(inputs))), y)


def _targets_first(model: Any, criterion: Any, batch: training_loops.Batch) -> Any:
    *inputs, y = batch
    outputs = model(**inputs[0]) if isinstance(inputs[0], dict) else model(*inputs)
    return criterion(y, outputs)


BY_POSITION: dict[str, training_loops.LossOf] = {
    TURNED: _turned,
    Y_FIRST: _y_first,
    training_loops.TARGETS_FIRST: _targets_first,
}
BY_NAME: dict[str, training_loops.LossOf] = {
    BY_DICT_ORDER: _by_dict_order,
    BY_SORTED_NAMES: _by_sorted_names,
    training_loops.TARGETS_FIRST: _targets_first,
}
LOSSES = ("MSELoss", "BCEWithLogitsLoss")
"""The second tells an output from a target, so that the wrong way round shows."""


def setup(
    inputs: Inputs,
    names: tuple[str, ...],
    *,
    order: tuple[str, ...] = (),
    width: int = 1,
    norm: bool = False,
    training: bool = True,
    epochs: int = 3,
    loss: str = "MSELoss",
) -> training_loops.Setup:
    """What a loop is run on. All inputs are of one width, so that some that have changed places raise nothing.

    Args:
        inputs: random.
        names: of the inputs, in the order in which the model takes them.
        order: of the names in a batch's dictionary; with none the batches have no names.
        width: of each input.
        norm: whether there are BatchNorm and momentum, too.
        training: whether the model arrives in train mode.
        epochs: how many.
        loss: class name in torch.nn.
    """
    deep = [["Linear", width, 4], *([["BatchNorm1d", 4]] if norm else []), ["ReLU"]]
    plan = {
        "inputs": [*([name, []] for name in names[:-1]), [names[-1], deep]],
        "output": [["Linear", width * (len(names) - 1) + 4, 1]],
    }
    options = {"lr": 0.05, "momentum": 0.9} if norm else {"lr": 0.05}
    state = training_loops.initial_state(inputs, plan, builder="branched")
    batches = tuple(_batch(inputs, names, order, n, width) for n in SIZES)
    return training_loops.Setup(
        plan,
        state,
        "SGD",
        options,
        loss,
        batches,
        epochs,
        training=training,
        builder="branched",
        loss_of=training_loops.by_name if order else training_loops.by_position,
    )


def _batch(inputs: Inputs, names: tuple[str, ...], order: tuple[str, ...], n: int, width: int) -> training_loops.Batch:
    drawn = {name: inputs.normal(n, width) for name in names}
    y = 2 + inputs.normal(n, 1)
    return ({name: drawn[name] for name in order}, y) if order else (*drawn.values(), y)


def train(
    student: Student,
    to_run: training_loops.Setup,
    change: Callable[[list[Any]], None] = lambda _: None,
    *,
    by_default: bool = False,
) -> Answer:
    """Let the student's loop run, and compare the model with where good habits lead; what the loop returned.

    Args:
        student: the submission.
        to_run: what the loop is run on.
        change: may put other things into the list of model, optimizer, criterion and batches.
        by_default: whether the device is left to its default, where that is the one that is graded on.
    """
    named = to_run.loss_of is training_loops.by_name
    objects: list[Any] = list(training_loops.objects_of(student, to_run))
    change(objects)
    loop = student.train_named if named else student.train_multi
    device = () if by_default and student.device == "cpu" else (student.device,)
    answer = loop(*objects, to_run.epochs, *device)
    own = {
        sentence: training_loops.Habits(loss_of=loss_of)
        for sentence, loss_of in (BY_NAME if named else BY_POSITION).items()
    }
    training_loops.expect_same_path(student, objects[0], answer.question, to_run, {**own, **training_loops.BAD_HABITS})
    return answer
