"""Training runs that lab17 interrupts, replayed on the trusted side with good habits and with known bad ones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import torch

# Imported while the sandbox imports its own: runs are replayed here.
import torch._dynamo
from torch import nn

from grader import (
    Answer,
    Handle,
    Inputs,
    Student,
    Thing,
    apparatus,
    difference,
    expect,
    show,
    torch_here,
    training_loops,
)

Array = np.ndarray[Any, Any]

RTOL, ATOL = 1e-3, 1e-4
"""A few dozen float32 steps; each mistake that has a sentence moves some weight at least 0.01."""
MODULE = "torch.nn.modules.module.Module"
OPTIMIZER = "torch.optim.optimizer.Optimizer"

NOT_MOVED = (
    "The model did not change: create the optimizer for the parameters of the same model that you train and return."
)
NO_OPTIMIZER_STATE = (
    "Adam started without its state: save the optimizer's state_dict(), and load it into the new optimizer."
)
OTHER_ORDER = (
    "The batches differ after resuming: save the generator's state, and pass train_epoch a generator with this state."
)
EVAL_MODE = "The model learned in eval mode, in which load() leaves it: call model.train() before the first epoch."
TOO_MANY = "You ran n_epochs more epochs: n_epochs is the total, including the epochs before the file was saved."
ONE_MORE = "You ran one epoch too many: `epoch` of them were done when the file was saved."
ONE_LESS = "One epoch is missing: `epoch` of them were done when the file was saved, so n_epochs - epoch are left."
HISTORY_LOST = "Your history has the new epochs only: continue the history from the file."
HISTORY_TWICE = "Your history has the saved epochs twice: append only the new losses."
EARLIER_ONLY = "Your history is the one in the file: append the loss of every new epoch."
NOT_A_PAIR = "Return both as a pair: (model, history)."


@dataclass(frozen=True)
class Run:
    """What a run is made of, as plain data.

    Attributes:
        hyperparameters: of the network; see `layers_of`.
        state: its state_dict at the beginning, NumPy arrays.
        optimizer, options: class name in torch.optim and keyword arguments.
        X, y: float32 (n, n_inputs) and (n, n_outputs). batch: rows in a batch.
        seed: of the generator.
    """

    hyperparameters: dict[str, Any]
    state: dict[str, Array]
    optimizer: str
    options: dict[str, Any]
    X: Array
    y: Array
    batch: int
    seed: int

    @property
    def layers(self) -> list[list[Any]]:
        """The network's layers."""
        return layers_of(**self.hyperparameters)


@dataclass(frozen=True)
class Reached:
    """Where a run has come to: state_dict, the loss of every epoch, and the order of each."""

    state: dict[str, Array]
    history: list[float]
    orders: list[list[int]]


@dataclass(frozen=True)
class Objects:
    """A run's objects in the worker."""

    model: Handle
    optimizer: Handle
    generator: Handle
    train_epoch: Handle


def layers_of(n_inputs: int, n_hidden: list[int], n_outputs: int, activation: str, norm: bool) -> list[list[Any]]:
    """The layers of the network with these hyperparameters; probes.py builds the same."""
    layers: list[list[Any]] = []
    for n_in, n_out in zip([n_inputs, *n_hidden], n_hidden, strict=False):
        layers += [["Linear", n_in, n_out], *([["BatchNorm1d", n_out]] if norm else []), [activation]]
    return [*layers, ["Linear", n_hidden[-1], n_outputs]]


def run_of(inputs: Inputs, hyperparameters: dict[str, Any], *, adam: bool, rows: int = 16, batch: int = 16) -> Run:
    """A run with random weights and data; in one batch if `rows` and `batch` say so."""
    return Run(
        hyperparameters,
        training_loops.initial_state(inputs, layers_of(**hyperparameters)),
        *(("Adam", {"lr": 0.05}) if adam else ("SGD", {"lr": 0.1})),
        inputs.normal(rows, hyperparameters["n_inputs"]),
        inputs.normal(rows, hyperparameters["n_outputs"]),
        batch,
        inputs.integer(1, 1 << 30),
    )


def follow(run: Run, epochs: int, saved: int = 0, *, keeps_optimizer: bool = True, trains: bool = True) -> Reached:
    """Train for so many epochs in all; after `saved` of them, with another optimizer or in eval mode if so told."""
    with torch_here.one_thread():
        model = apparatus.model(run.layers, run.state)
        optimizer = apparatus.optimizer(model, run.optimizer, run.options)
        generator = torch.Generator().manual_seed(run.seed)
        X, y = torch.from_numpy(run.X), torch.from_numpy(run.y)
        reached = Reached({}, [], [])
        for number in range(epochs):
            if number == saved and not keeps_optimizer:
                optimizer = apparatus.optimizer(model, run.optimizer, run.options)
            model.train(trains or number < saved)
            order = torch.randperm(len(X), generator=generator)
            total = 0.0
            for rows in order.split(run.batch):
                loss = nn.functional.mse_loss(model(X[rows]), y[rows])
                optimizer.zero_grad()
                loss.backward()
                optimizer.step()
                total += loss.item() * len(rows)
            reached.history.append(total / len(X))
            reached.orders.append(order.tolist())
        reached.state.update({name: value.numpy().copy() for name, value in model.state_dict().items()})
        return reached


def outputs(run: Run, reached: Reached, x: Array, *, training: bool = False) -> Array:
    """What the network gives for these inputs in the state that was reached."""
    with torch.no_grad():
        result: Array = apparatus.model(run.layers, reached.state, training)(torch.from_numpy(x)).numpy()
    return result


# --- in the worker ----------------------------------------------------------------------------------------------------


def begin(student: Student, run: Run) -> Objects:
    """The run at its beginning, in the worker."""
    model = student.make("model", run.layers, run.state, called="model")
    return Objects(
        model,
        student.make("optimizer", model, run.optimizer, run.options, called="optimizer"),
        student.make("generator_of", run.seed, called="generator"),
        student.make("epochs_on", run.X, run.y, run.batch, called="train_epoch"),
    )


def advance(student: Student, objects: Objects, epochs: int) -> list[float]:
    """Train for so many epochs by our own loop; the losses."""
    answer = student.fetch("trained", objects.train_epoch, objects.model, objects.optimizer, objects.generator, epochs)
    return list(answer.value)


def save(student: Student, run: Run, epochs: int, name: str, hyperparameters: Any = None) -> str:
    """Let the student save the run after so many epochs; the file's path."""
    objects = begin(student, run)
    history = advance(student, objects, epochs)
    path = f"{student.place('home')}/{name}"
    student.save(
        path,
        objects.model,
        hyperparameters or run.hyperparameters,
        objects.optimizer,
        epochs,
        history,
        objects.generator,
    )
    return path


def carry(student: Student, path: str) -> str:
    """Put a fresh worker in the place of this one, and the file into its folder; where it is there.

    What a file holds is never looked at on this side.
    """
    data = student.fetch("file_bytes", path).value
    student.restart()
    return student.place("put_file", path.rsplit("/", 1)[-1], data)


def makers(student: Student, run: Run, *, one_layer_more: bool = False) -> tuple[Handle, Handle]:
    """make_model and make_optimizer, in the worker."""
    return (
        student.make("model_maker", one_layer_more, called="make_model"),
        student.make("optimizer_maker", run.optimizer, run.options, called="make_optimizer"),
    )


def load(
    student: Student, run: Run, path: str, *, one_layer_more: bool = False
) -> tuple[Answer, Thing, dict[str, Any]]:
    """What the student's load() gives: the answer, the model in the worker, and extra.

    If told so, make_model builds a model with a layer more than the one that was saved.

    Raises:
        CheckFailed: if it is not (model, optimizer, extra).
    """
    answer = student.load(path, *makers(student, run, one_layer_more=one_layer_more))
    value: Any = answer.value
    expect.that(
        isinstance(value, list | tuple) and len(value) == 3,
        f"{answer.question} returned {show(value)}; expected a triple (model, optimizer, extra).",
        mistake="Your function returned None: `return` the triple." if value is None else None,
    )
    model, optimizer, extra = value
    for thing, base, what in ((model, MODULE, "model"), (optimizer, OPTIMIZER, "optimizer")):
        expect.that(
            isinstance(thing, Thing) and base in thing.bases,
            f"{answer.question} returned {show(thing)} where the {what} should be.",
        )
    expect.that(isinstance(extra, dict), f"{answer.question} returned {show(extra)} where extra, a dict, should be.")
    return answer, model, extra


def expect_resumed(student: Student, run: Run, path: str, saved: int, epochs: int) -> None:
    """resume() goes on from `saved` epochs to `epochs`, and gets where an uninterrupted run would."""
    train_epoch = student.make("epochs_on", run.X, run.y, run.batch, called="train_epoch")
    answer = student.resume(path, *makers(student, run), train_epoch, epochs)
    value: Any = answer.value
    expect.that(
        isinstance(value, list | tuple) and len(value) == 2,
        f"{answer.question} returned {show(value)}; expected a pair (model, history).",
        mistake="Your function returned None: `return` the pair." if value is None else NOT_A_PAIR,
    )
    model, history = value
    expect.that(
        isinstance(model, Thing) and MODULE in model.bases,
        f"{answer.question} returned {show(model)} where the model should be.",
    )
    right = follow(run, epochs)
    found: Any = student.fetch("state_of", model).value
    orders: Any = student.glance("orders_of", train_epoch).value

    def is_led_to(reached: Reached) -> bool:
        return difference(found, reached.state, rtol=RTOL, atol=ATOL) is None

    mistakes = {
        NOT_MOVED: lambda got: epochs > saved and is_led_to(follow(run, saved)),
        NO_OPTIMIZER_STATE: lambda got: is_led_to(follow(run, epochs, saved, keeps_optimizer=False)),
        EVAL_MODE: lambda got: is_led_to(follow(run, epochs, saved, trains=False)),
        TOO_MANY: lambda got: is_led_to(follow(run, saved + epochs)),
        ONE_MORE: lambda got: is_led_to(follow(run, epochs + 1)),
        ONE_LESS: lambda got: is_led_to(follow(run, epochs - 1)),
        OTHER_ORDER: lambda got: len(orders) == epochs - saved and orders != right.orders[saved:],
    }
    for name, wanted in right.state.items():
        got = found.get(name) if isinstance(found, dict) else None
        expect.close(
            Answer(got, f"the value of {name} after {answer.question}"), wanted, rtol=RTOL, atol=ATOL, mistakes=mistakes
        )
    expect.close(
        Answer(history, f"the history of {answer.question}"),
        right.history,
        rtol=RTOL,
        atol=ATOL,
        mistakes={
            EARLIER_ONLY: right.history[:saved],
            HISTORY_LOST: right.history[saved:],
            HISTORY_TWICE: right.history[:saved] + right.history,
        }
        if epochs > saved
        else {},
    )
