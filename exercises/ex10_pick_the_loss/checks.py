"""Public checks of ex10: losses and probabilities for moderate outputs. Truth is NumPy's, in float64."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from grader import Handle, Inputs, Student, Tensor, check, difference, expect, number_of

Array = np.ndarray[Any, Any]

CLASSES = ("multiclass", "multiclass_probs", "multiclass_logprobs")
LABELS = ("binary", "multilabel")
TELLING = 0.02
"""How far each mistake's loss is from the right one, at least."""
ATOL = 1e-4

SOFTMAX_TWICE = "Softmax twice: a correct and confident logit of 10 costs 0.55 instead of 0.0001."
PROBABILITIES_ALREADY = "Softmax twice: CrossEntropyLoss takes logits, and these are already probabilities."
NLL_OF_LOGITS = "NLLLoss expects log-probabilities: take log_softmax of the logits first, or use CrossEntropyLoss."
NLL_OF_PROBABILITIES = "NLLLoss expects log-probabilities: take the logarithm of the probabilities first."
LOG_OF_LOGITS = (
    "The loss is not a number. A logit may be negative, and then has no logarithm: take log_softmax of logits."
)
LOG_OF_A_LOG = "Not a number: these outputs are already log-probabilities, which are negative and have no logarithm."
SUMMED = "That is the sum of the losses: take the mean."
SUMMED_OVER_LABELS = "Take the mean over samples and labels: this is the sum over labels."
ONE_NUMBER = "The loss is one number, a tensor of shape (): take the mean."
SIGMOIDS = "Exactly one of the classes is true: one softmax over them, no sigmoids."
OVER_SAMPLES = "The softmax runs over the samples: it must run over the classes, dim=1."
SQUARED = "A squared error is for regression: the loss of a class is the negative logarithm of its probability."
DISTANCE = "A distance between outputs and targets is for regression: the loss is -log of the truth's probability."
EARLIER = "That is the loss of an earlier batch: compute it anew in every call."
NEGATED = "The sign is wrong: the loss is the negative logarithm, and is never below 0."
TABLE = "Broadcasting gave an n×n table: logits are (n, 1), targets (n,), so give both the same shape."
ONE_CLASS = "Always 0: with one output, CrossEntropyLoss sees a single class. Use a loss with a sigmoid."
INDEPENDENT = "Labels are independent: use one sigmoid for each, not a softmax over them."
SIGMOID_TWICE = "Sigmoid twice: BCEWithLogitsLoss has one built in, and takes logits."
INVERTED = "The targets are inverted: 1 means yes."
YES_ONLY = "When 0 is true, the loss is -log of the probability of no: this counts only the yeses."
ONE_LABEL = "Any number of labels may be true: argmax keeps only one of them."
NOT_CALLED = "That is the class itself: make a loss of it, as in nn.CrossEntropyLoss()."
AT_ONCE = "Return the loss itself, something that takes outputs and targets, not a value."
FLOATS = "Binary losses compare floats: use `y.float()`, in the shape of the logits."
WANTS_PROBABILITIES = "BCELoss takes probabilities; for logits there is BCEWithLogitsLoss."
ONE_CLASS_RAISES = "With one output, CrossEntropyLoss sees one class, and knows no class 1. Use a loss with a sigmoid."
IDS = "Losses over classes take the ids as they are: int64, shape (n,), beside outputs (n, k)."
SIZES = ("must be the same as input size", "different to the input size")
"""What PyTorch says of targets whose shape is not that of the outputs."""
IDS_REFUSED = (
    "be Long",
    "type Long",
    "multi-target not supported",
    "with class probabilities",
    "implemented for 'Long'",
)
CLASS_ERRORS = {
    **{f"RuntimeError: {words}": IDS for words in IDS_REFUSED},
    **{f"ValueError: {words}": IDS for words in ("to match target batch_size", *SIZES)},
}
LABEL_ERRORS = {
    **{f"RuntimeError: {words}": FLOATS for words in ("desired output type Long", "Found dtype Long but expected")},
    **{f"ValueError: {words}": FLOATS for words in SIZES},
    "RuntimeError: all elements of input should be between 0 and 1": WANTS_PROBABILITIES,
    "IndexError: Target 1 is out of bounds": ONE_CLASS_RAISES,
}


@dataclass(frozen=True)
class Batch:
    """What a loss is asked about.

    Attributes:
        logits: float64, (n, k) or (n, 1). outputs: float32, what the task makes of them. targets: int64.
    """

    logits: Array
    outputs: Array
    targets: Array


def log_softmax(z: Array, axis: int = 1) -> Array:
    """z - log(sum(exp(z))), without overflow."""
    top = z - z.max(axis=axis, keepdims=True)
    result: Array = top - np.log(np.exp(top).sum(axis=axis, keepdims=True))
    return result


def log_sigmoid(z: Array) -> Array:
    """log(1 / (1 + exp(-z))), without overflow."""
    result: Array = np.minimum(z, 0) - np.log1p(np.exp(-np.abs(z)))
    return result


def yes_or_no(z: Array, y: Array) -> Array:
    """-log of the probability of what is true, elementwise."""
    return -(y * log_sigmoid(z) + (1 - y) * log_sigmoid(-z))


def of_classes(log_p: Array, y: Array) -> Array:
    """-log p of the true class, for every row."""
    result: Array = -log_p[np.arange(len(y)), y]
    return result


def one_hot(z: Array, y: Array) -> Array:
    """A row for every id, 1 in the column of its class."""
    result: Array = np.eye(z.shape[1])[y]
    return result


def losses(task: str, batch: Batch) -> Array:
    """The losses of which the mean is asked for."""
    z, y = batch.logits, batch.targets
    return of_classes(log_softmax(z), y) if task in CLASSES else yes_or_no(z, y.reshape(z.shape))


def probabilities(task: str, z: Array) -> Array:
    """What activation() is to give."""
    return np.exp(log_softmax(z) if task in CLASSES else log_sigmoid(z)).astype("float32")


def batch_of(task: str, logits: Array, targets: Array) -> Batch:
    """A batch whose outputs are what the task says: logits, probabilities or their logarithms."""
    z = np.asarray(logits, "float32").astype("float64")
    outputs = {"multiclass_probs": np.exp(log_softmax(z)), "multiclass_logprobs": log_softmax(z)}.get(task, z)
    return Batch(z, outputs.astype("float32"), targets)


def random_batch(task: str, inputs: Inputs, n: int) -> Batch:
    """Moderate logits, and targets; both answers occur where there is more than one."""
    k = 1 if task == "binary" else n + 1 if n > 2 else 3
    logits = 1.5 * inputs.normal(n, k)
    if task in CLASSES:
        return batch_of(task, logits, np.array([inputs.integer(0, k - 1) for _ in range(n)]))
    targets = np.array([inputs.integer(0, 1) for _ in range(n * k)]).reshape(n, k)
    targets.flat[:2] = (1, 0)[: n * k]
    return batch_of(task, logits, targets.reshape(n) if task == "binary" else targets)


def telling_batch(task: str, inputs: Inputs) -> Batch:
    """A batch for which every mistake's loss is another than the right one, and the logarithm of logits no number."""
    while True:
        batch = random_batch(task, inputs, inputs.integer(3, 5))
        right = losses(task, batch).mean()
        apart = all(abs(value - right) > TELLING for value in mistakes_of(task, batch).values())
        if apart and (task in LABELS or batch.logits[range(len(batch.targets)), batch.targets].min() < 0):
            return batch


def mistakes_of(task: str, batch: Batch) -> dict[str, float]:
    """Sentence → the loss that this mistake gives."""
    z, y, right = batch.logits, batch.targets, losses(task, batch)
    if task in LABELS:
        true = y.reshape(z.shape)
        p = np.exp(log_sigmoid(z))
        known = {
            SUMMED: right.sum(),
            INVERTED: yes_or_no(z, 1 - true).mean(),
            SIGMOID_TWICE: yes_or_no(p, true).mean(),
            SQUARED: ((p - true) ** 2).mean(),
            DISTANCE: ((z - true) ** 2).mean(),
            NEGATED: -right.mean(),
            YES_ONLY: -(true * log_sigmoid(z)).mean(),
        }
        if task == "binary":
            table = {TABLE: yes_or_no(z, y.reshape(1, -1)).mean(), ONE_CLASS: 0.0}
            return {name: float(value) for name, value in {**table, **known}.items()}
        rows = -true * log_softmax(z)
        known |= {
            INDEPENDENT: rows.sum(1).mean(),
            SUMMED_OVER_LABELS: right.sum(1).mean(),
            ONE_LABEL: of_classes(log_softmax(z), true.argmax(1)).mean(),
        }
        return {name: float(value) for name, value in known.items()}
    log_p, true = log_softmax(z), one_hot(z, y)
    p = np.exp(log_p)
    known = {
        SUMMED: right.sum(),
        NEGATED: -right.mean(),
        SOFTMAX_TWICE if task == "multiclass" else PROBABILITIES_ALREADY: of_classes(log_softmax(p), y).mean(),
        NLL_OF_PROBABILITIES: of_classes(p, y).mean(),
        SIGMOIDS: yes_or_no(z, true).mean(),
        SQUARED: ((p - true) ** 2).mean(),
    }
    if task == "multiclass":
        known |= {NLL_OF_LOGITS: of_classes(z, y).mean(), OVER_SAMPLES: of_classes(log_softmax(z, 0), y).mean()}
    if task == "multiclass_probs":
        known |= {SIGMOIDS: -(true * log_p + (1 - true) * np.log1p(-p)).mean()}
    return {name: float(value) for name, value in known.items()}


def loss_of(student: Student, task: str) -> Handle:
    """What make_loss() returns, in the worker: something that can be called."""
    loss = student.make_loss.new(task)
    kind = loss.thing.type_name
    expect.that(kind != "type", f"{loss} returned a class, {loss.thing.text[:80]}.", mistake=NOT_CALLED)
    expect.that(
        loss.thing.callable,
        f"{loss} returned {'None' if kind == 'NoneType' else f'an object of type {kind[:80]}'}; expected a loss.",
        mistake="Your function returned None: return the loss." if kind == "NoneType" else AT_ONCE,
    )
    return loss


def expect_losses(student: Student, tasks: tuple[str, ...], draw: Callable[[str], Batch], known: Any) -> None:
    """The losses of these tasks, all made before the first is asked, are right for several batches."""
    made = {task: loss_of(student, task) for task in tasks}
    earlier: list[float] = []
    for _ in range(3):
        for task, loss in made.items():
            batch = draw(task)
            right = float(losses(task, batch).mean())
            mistakes = {
                ONE_NUMBER: lambda got: isinstance(got, Tensor) and got.shape != (),
                **known(task, batch),
                EARLIER: lambda got: any(difference(got, value) is None for value in earlier),
            }
            expect.close(loss.forward(batch.outputs, batch.targets), right, atol=ATOL, mistakes=mistakes)
            earlier.append(right)


def _known(task: str, batch: Batch) -> dict[str, Any]:
    known: dict[str, Any] = dict(mistakes_of(task, batch))
    if sentence := {"multiclass": LOG_OF_LOGITS, "multiclass_logprobs": LOG_OF_A_LOG}.get(task):
        known[sentence] = lambda got: bool(np.isnan(number_of(got)))
    return known


@check("losses of the three tasks with classes", points=2, explain=CLASS_ERRORS)
def class_losses(student: Student, inputs: Inputs) -> None:
    expect_losses(student, CLASSES, lambda task: telling_batch(task, inputs), _known)


@check("losses of the two tasks with yes or no", points=1, explain=LABEL_ERRORS)
def label_losses(student: Student, inputs: Inputs) -> None:
    expect_losses(student, LABELS, lambda task: telling_batch(task, inputs), _known)


TENSOR_WANTED = "Return a tensor, as torch's own functions do: NumPy and lists know no gradients."
ONLY_PROBABILITIES = "Return probabilities, not the classes that are chosen from them."
KEEP_SHAPE = "Keep the shape of the outputs: one probability for every output."
SUM_TO_ONE = "One of the classes is true, so the probabilities of a row sum to 1: softmax, not sigmoid."
CERTAIN = "A softmax over one number is always 1: for yes or no use a sigmoid."
LOGARITHMS = "These are logarithms of the probabilities: take exp() of them."
UNTOUCHED = "These are the outputs, unchanged: turn them into probabilities."
PROBABILITIES_TWICE = "These outputs are already probabilities: return them as they are."
OTHER_ANSWER = "These are the probabilities of no: return those of yes."


def activation_mistakes(task: str, batch: Batch) -> dict[str, Any]:
    """Sentence → what this mistake gives, or a predicate."""
    z, right = batch.logits, probabilities(task, batch.logits).astype("float64")
    outputs = batch.outputs.astype("float64")
    known: dict[str, Any] = {
        TENSOR_WANTED: lambda got: isinstance(got, list | tuple | float) or got.is_array,
        KEEP_SHAPE: lambda got: isinstance(got, Tensor) and got.shape != right.shape and got.array.dtype.kind == "f",
        ONLY_PROBABILITIES: lambda got: isinstance(got, Tensor) and got.array.dtype.kind in "iub",
    }
    if task == "binary":
        known[CERTAIN] = np.ones_like(right)
    if task in LABELS:
        return {
            **known,
            INDEPENDENT: lambda got: (
                task == "multilabel"
                and any(difference(got, np.exp(log_softmax(z, axis)), atol=ATOL) is None for axis in (0, 1))
            ),
            OTHER_ANSWER: 1 - right,
            LOGARITHMS: log_sigmoid(z),
            UNTOUCHED: outputs,
        }
    again = np.exp(log_softmax(outputs))
    return {
        **known,
        OVER_SAMPLES: np.exp(log_softmax(outputs, 0)),
        SUM_TO_ONE: np.exp(log_sigmoid(outputs)),
        **({PROBABILITIES_TWICE: again} if task == "multiclass_probs" else {}),
        LOGARITHMS: log_softmax(z),
        UNTOUCHED: outputs,
    }


def expect_probabilities(student: Student, task: str, batch: Batch, more: dict[str, Any] | None = None) -> None:
    """What activation() gives for the outputs of a batch; `more` mistakes are looked for first."""
    answer = student.activation(task, batch.outputs)
    right = probabilities(task, batch.logits)
    known = {**(more or {}), **activation_mistakes(task, batch)}
    expect.tensor(answer, shape=right.shape, mistakes=known)
    expect.close(answer, right, atol=ATOL, mistakes=known)


@check("activation() gives the probabilities of every task", points=1)
def known_probabilities(student: Student, inputs: Inputs) -> None:
    for task in (*CLASSES, *LABELS):
        for _ in range(2):
            expect_probabilities(student, task, telling_batch(task, inputs))
