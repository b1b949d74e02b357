"""Hidden checks of lab17: other networks, Adam and shuffling, snapshots that stay, and files that bite."""

from __future__ import annotations

import contextlib
from typing import Any

from grader import Answer, Inputs, Student, StudentRaised, check, difference, expect

from . import runs
from .checks import NO_FILE, NORMED, SMALL, expect_loaded
from .runs import ATOL, RTOL

ALIAS = (
    "Your snapshot changes as training goes on: its tensors are the model's own. Store copies, as copy.deepcopy does."
)
NOT_STRICT = "Missing layers silently stay random: keep load_state_dict() strict, which is the default."
NOT_BUILT = "The model is not one that make_model builds: call make_model, and load the saved weights into its model."
RAN_CODE = "Loading ran code from the file, which could be a stranger's: open the file with weights_only=True."


@check("load() rebuilds any architecture from the file", points=1, after="round_trip", explain=NO_FILE)
def any_architecture(student: Student, inputs: Inputs) -> None:
    drawn = [runs.run_of(inputs, hyperparameters(inputs, activation), adam=True) for activation in ("ELU", "Sigmoid")]
    epochs = [inputs.integer(1, 3), inputs.integer(4, 6)]
    names = [f"net-{number}.ckpt" for number in inputs.integers(2, 100, 999)]
    paths = [runs.save(student, *what) for what in zip(drawn, epochs, names, strict=True)]
    for run, done, path in reversed(list(zip(drawn, epochs, paths, strict=True))):
        expect_loaded(student, inputs, run, done, path)


def hyperparameters(inputs: Inputs, activation: str) -> dict[str, Any]:
    """Of a network of one to three hidden layers, all of other sizes than the public one's."""
    depth = inputs.integer(1, 3)
    return {
        "n_inputs": inputs.integer(2, 3),
        "n_hidden": inputs.integers(depth, 4, 9),
        "n_outputs": inputs.integer(1, 3),
        "activation": activation,
        "norm": False,
    }


@check("three epochs and three more lead where six epochs lead", points=2, after="goes_on", explain=NO_FILE)
def same_as_uninterrupted(student: Student, inputs: Inputs) -> None:
    run = runs.run_of(inputs, NORMED, adam=True, rows=20, batch=5)
    path = runs.carry(student, runs.save(student, run, 3, "three.pt"))
    runs.expect_resumed(student, run, path, 3, 6)
    runs.expect_resumed(student, run, path, 3, 3)  # nothing is left to do


@check("further training does not change a snapshot", points=1, after="snapshot_now")
def snapshot_stays(student: Student, inputs: Inputs) -> None:
    run = runs.run_of(inputs, NORMED, adam=True)
    objects = runs.begin(student, run)
    taken = []
    for _ in range(2):
        runs.advance(student, objects, 2)
        taken.append(student.best_snapshot.new(objects.model))
    runs.advance(student, objects, 2)
    now = runs.follow(run, 6).state
    for epochs, snapshot in zip((2, 4), taken, strict=True):
        got = student.fetch("content", snapshot).value
        expect.close(
            Answer(got, f"the snapshot after {epochs} epochs, looked at after 6,"),
            runs.follow(run, epochs).state,
            rtol=RTOL,
            atol=ATOL,
            mistakes={ALIAS: lambda got: any(_is_now(got, now, name) for name in now if name.endswith("weight"))},
        )


def _is_now(got: Any, now: dict[str, Any], name: str) -> bool:
    return difference(got[name], now[name], rtol=RTOL, atol=ATOL) is None


@check(
    "load() returns a model that is ready to use, and never one that is half loaded",
    points=1,
    after="round_trip",
    explain=NO_FILE,
)
def ready_to_use(student: Student, inputs: Inputs) -> None:
    run = runs.run_of(inputs, NORMED, adam=True)
    path = runs.save(student, run, 2, "normed.pt")
    expect_loaded(student, inputs, run, 2, path)
    try:
        answer, model, _ = runs.load(student, run, path, one_layer_more=True)
    except StudentRaised:
        return
    found: Any = student.fetch("state_of", model).value
    expect.that(
        False,
        f"{answer.question} returned a model, although make_model builds one with one layer more than the file has "
        "weights for; expected it to raise an error.",
        mistake=NOT_STRICT if isinstance(found, dict) and set(found) > set(run.state) else NOT_BUILT,
    )


@check("load() runs no code from the file", points=1, after="round_trip", kind="W", explain=NO_FILE)
def runs_no_code(student: Student, inputs: Inputs) -> None:
    run = runs.run_of(inputs, SMALL, adam=True)
    trapped = student.make("trapped", run.hyperparameters, called="hyperparameters")
    try:
        path = runs.save(student, run, 1, "trapped.pt", trapped)
    except StudentRaised:
        return  # such a thing does not even get into the file
    student.probe("remove_mark")  # whoever copies hyperparameters has left one
    with contextlib.suppress(StudentRaised):  # as it should
        student.load.new(path, *runs.makers(student, run))
    expect.that(
        student.probe("has_mark").value is False,
        "load() opened a file that holds an object, and the object's code ran; expected it to refuse.",
        mistake=RAN_CODE,
    )
