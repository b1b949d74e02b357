"""Public checks of lab17: what a file holds, and a run that goes on in a fresh worker. Files are opened there only."""

from __future__ import annotations

from typing import Any

from grader import Answer, Inputs, Student, Thing, check, cut, difference, expect, show

from . import runs
from .runs import ATOL, RTOL, Run

SMALL = {"n_inputs": 4, "n_hidden": [6, 3], "n_outputs": 2, "activation": "Tanh", "norm": False}
NORMED = {"n_inputs": 3, "n_hidden": [6, 5], "n_outputs": 2, "activation": "ReLU", "norm": True}

ONE_FILE = "The file is not there: write everything into the one file `path`, under exactly this name."
UNSAFE = (
    "weights_only=True refuses your file: store only tensors, numbers, texts, lists and dicts, such as state_dict()."
)
UNPICKLABLE = "This cannot be saved: store state_dict(), get_state() and plain data, but no objects."
NO_FILE = {"FileNotFoundError": ONE_FILE, "UnpicklingError": UNSAFE, "PicklingError": UNPICKLABLE}

WHOLE_MODEL = (
    "Your file holds the whole model, including its class: save its state_dict(), and build it from hyperparameters."
)
WHOLE_OPTIMIZER = "Your file holds the whole optimizer: save its state_dict()."
WHOLE_GENERATOR = "Your file holds the generator itself: save its get_state(), a tensor."
NUMPY = "Your file holds a NumPy object: convert numbers with float() or .item(), arrays with .tolist()."
OTHER_OBJECT = "Your file holds {}: store texts, numbers, lists and dicts instead."
UNREADABLE = "Write the file with torch.save, and store only state_dict(), get_state() and plain data."

STILL_TRAINING = "Your model is in train mode, so BatchNorm uses the batch: call model.eval() before you return it."
UNTRAINED = "The weights in your model are not the saved ones: load the saved state_dict() into it."

MODEL_ITSELF = "You returned a model: return a copy of its state, a dict of tensors as state_dict() gives it."
NO_BUFFERS = "Buffers are missing: BatchNorm's running statistics are in state_dict(), but not among the parameters."


@check("save() writes a file that holds data, but no objects", points=1, explain=NO_FILE)
def holds_data_only(student: Student, inputs: Inputs) -> None:
    run = runs.run_of(inputs, SMALL, adam=True)
    data = student.fetch("file_bytes", runs.save(student, run, 2, "a-run.pt")).value
    room = student.elsewhere()  # there nobody has taught torch what to say of the file
    names: Any = room.probe("objects_in", room.place("put_file", "a-run.pt", data)).value
    expect.that(
        isinstance(names, list),
        "torch.load(path, weights_only=True) cannot open the file that save() wrote.",
        mistake=UNREADABLE,
    )
    expect.that(
        not names,
        f"The file that save() wrote holds {cut(', '.join(map(str, names)), 200)}; expected tensors and plain data.",
        mistake=_sentence_of([str(name) for name in names]),
    )


def _sentence_of(names: list[str]) -> str | None:
    """What to say of objects with these names in a file."""
    for start, sentence in (
        ("torch.nn.modules.", WHOLE_MODEL),
        ("torch.optim.", WHOLE_OPTIMIZER),
        ("torch._C.Generator", WHOLE_GENERATOR),
        ("numpy.", NUMPY),
    ):
        if any(name.startswith(start) for name in names):
            return sentence
    own = [name for name in names if not name.startswith("builtins.")] or names
    return OTHER_OBJECT.format(cut(own[0], 80)) if own else None


@check("load() returns the trained model in a new process", points=1, explain=NO_FILE)
def round_trip(student: Student, inputs: Inputs) -> None:
    run = runs.run_of(inputs, SMALL, adam=True)
    path = runs.carry(student, runs.save(student, run, 2, "a-run.pt"))
    expect_loaded(student, inputs, run, 2, path)


def expect_loaded(student: Student, inputs: Inputs, run: Run, epochs: int, path: str) -> None:
    """load() gives the model and the data of a run after so many epochs."""
    right = runs.follow(run, epochs)
    answer, model, extra = runs.load(student, run, path)
    x = inputs.normal(6, run.hyperparameters["n_inputs"])
    expect.close(
        Answer(student.fetch("outputs", model, x).value, f"the output of the model of {answer.question}"),
        runs.outputs(run, right, x),
        rtol=RTOL,
        atol=ATOL,
        mistakes={
            **({STILL_TRAINING: runs.outputs(run, right, x, training=True)} if run.hyperparameters["norm"] else {}),
            UNTRAINED: lambda got: is_other_model(student, model, right),
        },
    )
    data = {"hyperparameters": run.hyperparameters, "epoch": epochs, "history": right.history}
    expect.that(
        set(data) <= set(extra),
        f"The extra of {answer.question} has the keys {show(list(extra))}; expected epoch, history, hyperparameters.",
    )
    for key, wanted in data.items():
        expect.close(Answer(extra[key], f"extra[{key!r}] of {answer.question}"), wanted, rtol=RTOL, atol=ATOL)


def is_other_model(student: Student, model: Any, right: runs.Reached) -> bool:
    """Whether a model's weights are not those that were reached."""
    return difference(student.fetch("state_of", model).value, right.state, rtol=RTOL, atol=ATOL) is not None


@check("resume() continues where the run was saved, until n_epochs are done", points=1, explain=NO_FILE)
def goes_on(student: Student, inputs: Inputs) -> None:
    # One batch an epoch, plain SGD, no BatchNorm: order, optimizer state and mode are other questions.
    run = runs.run_of(inputs, SMALL, adam=False)
    path = runs.carry(student, runs.save(student, run, 2, "half-way.pt"))
    runs.expect_resumed(student, run, path, 2, 5)


@check("best_snapshot() has everything in the model's state_dict()", points=1)
def snapshot_now(student: Student, inputs: Inputs) -> None:
    run = runs.run_of(inputs, NORMED, adam=False)
    objects = runs.begin(student, run)
    runs.advance(student, objects, 2)
    right = runs.follow(run, 2).state
    parameters = {name for name in right if name.endswith(("weight", "bias"))}
    expect.close(
        student.best_snapshot(objects.model),
        right,
        rtol=RTOL,
        atol=ATOL,
        mistakes={
            MODEL_ITSELF: lambda got: isinstance(got, Thing) and runs.MODULE in got.bases,
            NO_BUFFERS: lambda got: set(got) == parameters,
        },
    )
