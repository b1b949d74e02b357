"""Public checks of ex11: predictions of a model with Dropout and BatchNorm, and one epoch. Truth is our own model's."""

from __future__ import annotations

from typing import Any

import torch

# Imported while the sandbox imports its own: hidden checks replay training here.
import torch._dynamo

from grader import (
    Answer,
    Handle,
    Inputs,
    Student,
    Tensor,
    apparatus,
    check,
    difference,
    expect,
    number_of,
    show,
    training_loops,
)

Layers = tuple[tuple[Any, ...], ...]
NOISY: Layers = (("Linear", 4, 8), ("BatchNorm1d", 8), ("ReLU",), ("Dropout", 0.5), ("Linear", 8, 3))
ROWS = 16
ATOL = 1e-4

STILL_TRAINING = (
    "The model is still in train mode, so Dropout drops and BatchNorm uses the batch: call model.eval() first."
)
KEEPS_GRAPH = "Wrap the prediction in torch.no_grad() or inference_mode(): the graph costs memory, and is not needed."
TOO_LATE = (
    "The result is free of autograd, but a graph was built while the model ran: switch autograd off around the call of "
    "the model."
)
ACTIVATED = "Return the model's output as it is, without sigmoid, softmax, exp or argmax."
ONE_ROW = {
    "ValueError: more than 1 value per channel": "BatchNorm cannot compute statistics of one sample, and does not "
    "need to: call model.eval() first."
}


def noisy_state(inputs: Inputs) -> dict[str, Any]:
    """A state in which BatchNorm's averages are those of no batch."""
    state = training_loops.initial_state(inputs, NOISY)
    state["1.running_mean"] = inputs.normal(8)
    state["1.running_var"] = inputs.uniform(8, low=0.5, high=2.0)
    return state


def noisy_model(student: Student, state: dict[str, Any]) -> Handle:
    """The model in the worker, in train mode."""
    return student.make("model", [list(layer) for layer in NOISY], state, True, student.device, called="model")


def expect_train_mode(model: Handle) -> None:
    """Models come in train mode: only so Dropout makes two answers differ. Asked of one that is not used otherwise."""
    x = torch.linspace(-2, 2, 64).reshape(16, 4).numpy()
    first, second = model.forward(x), model.forward(x)
    expect.that(
        difference(first.value, second.value) is not None,
        "A model that was made in train mode answered twice alike, though it has Dropout.",
        mistake=training_loops.NOT_AS_MADE,
    )


def truth(state: dict[str, Any], x: Any) -> Any:
    """What the model gives in eval mode, float32."""
    with torch.no_grad():
        return apparatus.model(NOISY, state, training=False)(torch.from_numpy(x)).numpy()


def expect_prediction(student: Student, state: dict[str, Any], x: Any, right: Any) -> None:
    """What predict() gives for these rows is this, asked twice."""
    # Two models alike: whether a prediction changes its model is another question.
    first, second = (student.predict(noisy_model(student, state), x) for _ in range(2))
    expect_train_mode(noisy_model(student, state))
    # Dropout shows in answers that differ, BatchNorm alone in an answer of its own.
    drops = difference(second.value, first.value, atol=ATOL) if _is_tensor(first.value) else None
    by_batch = batch_statistics(state, x) if len(x) > 1 else None
    known: dict[str, Any] = {
        ACTIVATED: lambda got: any(difference(got, wrong, atol=ATOL) is None for wrong in activations(right)),
        STILL_TRAINING: lambda got: (
            is_output(got) and (drops is not None or difference(got, by_batch, atol=ATOL) is None)
        ),
    }
    for answer in (first, second):
        expect.tensor(answer, mistakes={})
        expect.close(answer, right, atol=ATOL, mistakes=known)


def _is_tensor(value: Any) -> bool:
    return isinstance(value, Tensor) and not value.is_array


def batch_statistics(state: dict[str, Any], x: Any) -> Any:
    """What the model gives if BatchNorm is in train mode, and Dropout is not."""
    model = apparatus.model(NOISY, state, training=True)
    model[3].eval()
    with torch.no_grad():
        return model(torch.from_numpy(x)).numpy()


def activations(right: Any) -> list[Any]:
    """What is often made of a model's output, unasked."""
    output = torch.from_numpy(right)
    made = (output.sigmoid(), output.softmax(1), output.log_softmax(1), output.exp(), output.relu(), output.argmax(1))
    return [tensor.numpy() for tensor in made]


@check("predict() gives the model's output in eval mode, the same each time", points=2)
def same_each_time(student: Student, inputs: Inputs) -> None:
    for _ in range(3):
        state, x = noisy_state(inputs), inputs.normal(ROWS, 4)
        expect_prediction(student, state, x, truth(state, x))


def is_output(got: Any) -> bool:
    """Whether this could be an output of the model, though it is not the right one."""
    return isinstance(got, Tensor) and got.shape[1:] == (NOISY[-1][2],)


@check("predict() builds no graph", points=1, after=same_each_time, kind="W")
def no_graph(student: Student, inputs: Inputs) -> None:
    plan = [list(layer) for layer in NOISY]
    model = student.make("watched_model", plan, noisy_state(inputs), student.device, called="model")
    answer = student.predict(model, inputs.normal(ROWS, 4))
    value = expect.tensor(answer)
    expect.that(
        not value.requires_grad, f"{answer.question} returned a tensor that requires grad.", mistake=KEEPS_GRAPH
    )
    expect.that(
        student.probe("tracked", model).value is False,
        f"During {answer.question} autograd recorded what the model computed.",
        mistake=TOO_LATE,
    )


def unchanged(found: Any, state: dict[str, Any]) -> bool:
    """Whether a state_dict is still this one."""
    return difference(found, state, atol=ATOL) is None


JUDGED_IN_TRAIN_MODE = "The evaluation changes BatchNorm's averages: call model.eval() before it."
LEARNS_FROM_VALIDATION = (
    "The model learns from the validation batches: evaluate on them, without backward() and step()."
)
BAD = {
    **training_loops.BAD_HABITS,
    training_loops.EVAL_LATER: training_loops.Habits(mode="once"),
    JUDGED_IN_TRAIN_MODE: training_loops.Habits(judged="in train mode"),
    LEARNS_FROM_VALIDATION: training_loops.Habits(judged="and learned from"),
    training_loops.TARGETS_FIRST: training_loops.Habits(loss_of=training_loops.targets_first),
}


def fit(student: Student, setup: training_loops.Setup) -> tuple[Answer, Handle]:
    """Let the student's fit() run on a setup; its answer, and the model."""
    model, optimizer, criterion, batches = training_loops.objects_of(student, setup, moved=True)
    valid = student.make("batches", list(setup.valid), student.device, called="valid_batches")
    return student.fit(model, optimizer, criterion, batches, valid, setup.epochs), model


def history_of(answer: Answer, epochs: int) -> list[dict[str, Any]]:
    """What fit() returned: for each epoch a dict with both losses."""
    history: Any = answer.value
    dicts = f"{epochs} dict{'s' * (epochs > 1)}"
    expect.that(
        isinstance(history, list | tuple) and len(history) == epochs,
        f"{answer.question} returned {show(history)}; expected a list of {dicts}, one per epoch.",
        mistake="Your function returned None: return the list." if history is None else None,
    )
    for number, epoch in enumerate(history, 1):
        expect.that(
            isinstance(epoch, dict) and set(epoch) == {"train_loss", "valid_loss"},
            f"{answer.question} has {show(epoch)} for epoch {number}; expected the keys train_loss and valid_loss.",
        )
        for key, loss in epoch.items():
            expect.that(
                number_of(loss) is not None,
                f"{answer.question} has {show(loss)} as the {key} of epoch {number}; expected a number.",
            )
    return list(history)


@check("fit() trains a linear model for one epoch, and gives the epoch's two losses", points=1)
def fit_once(student: Student, inputs: Inputs) -> None:
    layers = (("Linear", 4, 3),)
    batches, valid = training_loops.batches_of(inputs, (5,), 4, 3), training_loops.batches_of(inputs, (6,), 4, 3)
    setup = training_loops.Setup(
        layers, training_loops.initial_state(inputs, layers), "SGD", {"lr": 0.1}, "MSELoss", batches, 1, valid=valid
    )
    answer, model = fit(student, setup)
    history_of(answer, setup.epochs)
    training_loops.expect_same_path(student, model, answer.question, setup, BAD)
