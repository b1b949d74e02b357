"""How ex15's training is asked for: this grading's data, the checkpoint that comes of it, the labels that it gives."""

from __future__ import annotations

import ast

import numpy as np

from grader import (
    Answer,
    CheckFailed,
    Handle,
    Inputs,
    Student,
    StudentFault,
    StudentRaised,
    Tensor,
    array_files,
    cut,
    expect,
    show,
    torch_here,
)

from .checkpoint import Checkpoint, check_file, read_hyperparameters, validated
from .data import Attempt, prepare
from .pieces import Array, array
from .table import CLASSES

GRACE, GRACE_S = 1.1, 2.0
"""fit is stopped after budget_s * GRACE + GRACE_S seconds: a slow last epoch is forgiven, a second training is not."""
NOT_THE_MODEL = "predict must answer with CoverTypeMLP and the weights in the checkpoint."
TREES = "The classifier must be a PyTorch module: a checkpoint holds only tensors and plain data."
OTHER_CLASSIFIERS = (
    *("xgboost", "lightgbm", "catboost", "sklearn.ensemble", "sklearn.tree", "sklearn.neighbors", "sklearn.svm"),
    *("sklearn.linear_model", "sklearn.naive_bayes", "sklearn.neural_network", "sklearn.gaussian_process"),
)


def attempt_of(student: Student, inputs: Inputs) -> Attempt:
    """This grading's data, prepared once."""
    found = student.findings.kept.get("attempt")
    if found is None:
        found = prepare(student.materials, inputs.seed)
        student.findings.kept["attempt"] = found
    return found


def expect_no_trees(student: Student) -> None:
    """The source imports no classifiers that are not PyTorch modules."""
    for node in ast.walk(student.syntax(words=True)):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom):
            names += [f"{node.module}.{alias.name}" for alias in node.names]
        for name in names:
            if any(name == other or name.startswith(f"{other}.") for other in OTHER_CLASSIFIERS):
                raise CheckFailed(f"Your file imports {name}.", mistake=TREES)


def handed_in(student: Student) -> Checkpoint:
    """The checkpoint that was handed in, read in the worker: it may be a pickle that runs what it likes.

    Raises:
        CheckFailed: if it cannot be read, or is none.
    """
    path, extra = student.materials.options["checkpoint"], student.materials.options["hyperparameters"]
    check_file(path)
    content = np.frombuffer(path.read_bytes(), "uint8")
    try:
        hyperparameters = read_hyperparameters(extra) if extra else None
        answer = student.probe("read_checkpoint", array_files.write(path.name, [content]), path.suffix, hyperparameters)
    except StudentRaised as error:
        raise CheckFailed(
            f"{path.name} cannot be read: {error.raised.type_name}.",
            mistake="It must be what torch.load(..., weights_only=True) can read: tensors and plain data, no objects.",
        ) from None
    student.findings.notes.append(f"Graded with the checkpoint {path.name}, trained elsewhere: fit() was not run.")
    return validated(Answer(answer.value, path.name), trained_here=False)


def train(student: Student, inputs: Inputs, attempt: Attempt) -> Checkpoint:
    """Let the student's fit train in the worker; its checkpoint.

    Raises:
        CheckFailed: if it is none.
    """
    train, valid = attempt.train, attempt.valid
    arguments = (
        train.file_of_features("X_train"),
        train.file_of_labels("y_train"),
        valid.file_of_features("X_valid"),
        valid.file_of_labels("y_valid"),
    )
    if attempt.anchors is not None:
        torch_here.load_meanwhile()  # for the models that a stand-in's accuracy is held against
    limit = attempt.budget_s * GRACE + GRACE_S
    seed = inputs.integer(0, 10_000)
    call = student.fit.within(limit, watch="history")
    made = call.new(*arguments, student.device, attempt.budget_s, seed)
    if "builtins.dict" not in made.thing.bases:
        answered = None if made.thing.type_name == "NoneType" else made.thing
        validated(Answer(answered, "fit(...)"))
    found = student.fetch("contents", made)
    checkpoint = validated(Answer(found.value, "fit(...)"))
    problem = student.probe("weights_only_problem", made).value
    expect.that(
        problem == "",
        f"weights_only cannot load the checkpoint: torch.load(..., weights_only=True) raises {show(problem)}.",
        mistake="Use only tensors and plain data: turn NumPy's numbers into Python's with float() or .item().",
    )
    return checkpoint


def checkpoint_in(student: Student) -> Handle:
    """The checkpoint in the current worker."""
    checkpoint: Checkpoint = student.findings.kept["checkpoint"]
    return student.make("on_cpu", checkpoint.value, called="checkpoint")


def labels_of(answer: Answer, count: int) -> Array:
    """What predict answered, 1..7.

    Raises:
        CheckFailed: if it is not `count` labels.
    """
    value = answer.value
    if isinstance(value, list) and value and all(type(label) is int for label in value):
        value = Tensor(np.array(value), "int64", is_array=True)
    expect.that(
        isinstance(value, Tensor),
        f"{answer.question} returned {show(value)}; expected an array of {count} labels.",
        mistake="Your function returned None: hand the result back with `return`." if value is None else None,
    )
    got = value.array
    if got.shape == (count, CLASSES):
        raise CheckFailed(f"{answer.question} returned scores; expected labels.", mistake="Take argmax(1), and add 1.")
    expect.that(
        got.shape in ((count,), (count, 1)),
        f"{answer.question} returned an array of shape {got.shape}; expected ({count},), a label for each row.",
    )
    got = got.reshape(-1)
    expect.that(got.dtype.kind in "iu", f"{answer.question} returned {value.dtype}; expected ints, the labels 1..7.")
    if bool(((got < 1) | (got > CLASSES)).any()):
        outside = int(got[(got < 1) | (got > CLASSES)][0])
        raise CheckFailed(
            f"{answer.question} returned the label {outside}; labels are 1..7.",
            mistake="The model's classes are 0..6: add 1 in predict." if outside == 0 else None,
        )
    labels: Array = got.astype("int64")
    return labels


def labels_with_shuffled_weights(student: Student, inputs: Inputs, X: Array) -> Array | None:
    """What predict says when all weights of a tensor have changed places; None if it has run out of time or memory.

    Raises:
        CheckFailed: if it raises: a model gives some labels with any weights of its shapes.
    """
    value = student.findings.kept["checkpoint"].value
    generator = np.random.default_rng(inputs.integer(0, 2**31))
    state = {
        name: tensor.holding(generator.permutation(tensor.array.reshape(-1)).reshape(tensor.array.shape))
        for name, tensor in value["model_state_dict"].items()
    }
    try:
        shuffled = student.make("on_cpu", {**value, "model_state_dict": state}, called="checkpoint")
        return labels_of(student.predict(shuffled, array(X)), len(X))
    except StudentRaised as fault:
        words = (
            f"predict raised {cut(fault.raised.type_name, 80)} after the weights in the checkpoint had been shuffled."
        )
        raise CheckFailed(words, mistake=NOT_THE_MODEL) from None
    except StudentFault:
        return None


def are_same(other: Array | None, labels: Array) -> bool:
    """Whether other weights gave the same labels, in work that tells rows apart at all."""
    constant = np.bincount(labels).max() > 0.98 * len(labels)
    return other is not None and not constant and agree(other, labels, 0.01)


def agree(one: Array, other: Array, share: float) -> bool:
    """Whether at most that share of two rows of labels differs."""
    return float((one != other).mean()) <= share
