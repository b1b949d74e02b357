"""Public checks of lab08: streams of batches, and one of torchmetrics' metrics over a loader. The truth is NumPy's."""

from __future__ import annotations

import importlib.util
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

# Imported while the sandbox imports its own: models run here, too.
import torch

from grader import Answer, Handle, Inputs, Student, apparatus, check, difference, expect, torch_here

from . import truth
from .truth import RTOL, Array, Batch

NOT_HANDED_BACK = "to() returns the metric, as torchmetrics' does: end it with `return self`."
NOT_RESET = "What was before counts, too: reset() has to set back all that update() adds to."
HALF_RESET = "Only one of two things is set back: sum and count belong together."
LOST_ON_MOVE = "to() has lost what was there: it moves what is kept, and forgets nothing."
NOT_A_METRIC = "PyTorch refuses a step: look at the shapes of what its message names."
SHAPES = {"RuntimeError": NOT_A_METRIC}
NO_CLASSES = {
    "IndexError": "y_pred may be classes already, of shape (n,): there is no second dimension then to take argmax of.",
    **SHAPES,
}

BATCH_VALUES = "Calling the metric gives this batch's value, and values are averaged here: update(), then compute()."
NOT_RESET_FIRST = "The metric had seen other samples, and they count: call metric.reset() before the first batch."
LAST_BATCH = "That is the last batch alone: reset once, before the loop, and update in it."
FIRST_BATCH = "That is the first batch alone: update with every batch of the loader."
TRAIN_MODE = "The model is judged in train mode, so BatchNorm uses the batch: call model.eval() first."
SWAPPED = "The metric gets its arguments the wrong way round: predictions come first, metric.update(y_pred, y)."
LACKING = "This machine has no torchmetrics."


def fed(student: Student, kind: str, batches: Sequence[Batch]) -> Handle:
    """A new metric of the student's, in the worker, which has been given these batches."""
    metric = getattr(student, kind).new()
    metric.name = "the metric"
    feed(metric, batches)
    return metric


def feed(metric: Handle, batches: Sequence[Batch]) -> None:
    """Give a metric some batches."""
    for batch in batches:
        metric.method("update")(*batch)


def expect_value(metric: Handle, kind: str, batches: Sequence[Batch], known: Mapping[str, Any], when: str) -> None:
    """compute() gives the metric of all samples of these batches."""
    answer = Answer(metric.method("compute")().value, f"{kind}'s compute() {when}")
    expect.close(answer, truth.over(truth.KINDS[kind][1], batches), rtol=RTOL, mistakes=known)


def expect_streams(student: Student, inputs: Inputs, kind: str, *streams: Sequence[int], **form: bool) -> None:
    """New metrics give the right number, each after batches of these sizes."""
    earlier: list[Batch] = []
    for sizes in streams:
        batches, known = truth.telling_batches(inputs, kind, sizes, earlier, **form)
        expect_value(fed(student, kind, batches), kind, batches, known, f"after {words_of(sizes)} samples")
        earlier += batches


def words_of(sizes: Sequence[int]) -> str:
    """4, 3 and 1."""
    *first, last = map(str, sizes)
    return f"{', '.join(first)} and {last}" if first else last


@check("StreamingRMSE() gives the root mean squared error of all samples", points=1, explain=SHAPES)
def rmse_of_stream(student: Student, inputs: Inputs) -> None:
    expect_streams(student, inputs, "StreamingRMSE", (4, 4, 2), (5, 3, 1, 2))


@check("StreamingAccuracy() gives the share of right ones among all samples", points=1, explain=NO_CLASSES)
def accuracy_of_stream(student: Student, inputs: Inputs) -> None:
    expect_streams(student, inputs, "StreamingAccuracy", (9, 9, 5), (7, 8, 9, 3))


@check("both forget by reset(), and only by that", points=1, after=("rmse_of_stream", "accuracy_of_stream"))
def begins_anew(student: Student, inputs: Inputs) -> None:
    for kind, (_, value, _) in truth.KINDS.items():
        first, second, third = truth.telling(
            lambda kind=kind: [truth.telling_batches(inputs, kind, sizes)[0] for sizes in ((9, 6), (8, 3), (5, 10))],
            lambda drawn, value=value: _after_reset(value, *drawn),
        )
        metric = fed(student, kind, first)
        metric.method("reset")()
        feed(metric, second)
        _, both, *halves = _after_reset(value, first, second, third)[:4]
        known = {
            NOT_RESET: both,
            HALF_RESET: lambda got, halves=halves: any(difference(got, half, rtol=RTOL) is None for half in halves),
        }
        expect_value(metric, kind, second, known, "after a reset() and more batches")
        moved = fed(student, kind, second).method("to").new(student.device)
        expect.that(
            moved.thing.type_name != "NoneType",
            f"{kind}'s to({student.device!r}) returned None; expected the metric.",
            mistake=NOT_HANDED_BACK,
        )
        moved.name = "the metric"
        feed(moved, third)
        lost = {LOST_ON_MOVE: truth.over(value, third)}
        expect_value(moved, kind, second + third, lost, "after batches, to() and more batches")


def _after_reset(
    value: truth.Metric, first: list[Batch], second: list[Batch], third: list[Batch]
) -> tuple[float, float, float, float, float]:
    """What the second batches give after a reset: right; if nothing was reset, the sum not, the count not; and a third.

    A root mean squared error is the root of such a share.
    """
    power = 2 if value is truth.rmse else 1
    n, m = rows_of(first), rows_of(second)
    one, other = (truth.over(value, batches) ** power for batches in (first, second))
    wrong = ((n * one + m * other) / (n + m), (n * one + m * other) / m, m * other / (n + m))
    right, both, no_sum, no_count = (share ** (1 / power) for share in (other, *wrong))
    return right, both, no_sum, no_count, truth.over(value, third)


def rows_of(batches: Sequence[Batch]) -> int:
    """How many samples they have."""
    return sum(len(y) for _, y in batches)


@dataclass(frozen=True)
class Task:
    """A model in a known state, batches for it, and what a metric has seen before."""

    layers: Any
    state: dict[str, Array]
    batches: tuple[Batch, ...]
    before: Batch
    training: bool = True

    def predicted(self, *, training: bool = False) -> list[Batch]:
        """Predictions and targets of each batch, in eval mode unless said otherwise."""
        with torch_here.one_thread(), torch.no_grad():
            model = apparatus.model(self.layers, self.state, training)
            return [(model(torch.from_numpy(x)).numpy(), y) for x, y in self.batches]

    def mistakes(self, metric: truth.Metric) -> dict[str, float]:
        """Sentence → the number that this mistake gives."""
        pairs = self.predicted()
        each = [metric(*pair) for pair in pairs]
        found = {
            BATCH_VALUES: float(np.mean(each)),
            NOT_RESET_FIRST: truth.over(metric, [self.before, *pairs]),
            LAST_BATCH: each[-1],
            FIRST_BATCH: each[0],
            TRAIN_MODE: truth.over(metric, self.predicted(training=True)),
        }
        if metric is truth.worst:
            found[SWAPPED] = truth.over(metric, [(y, y_pred) for y_pred, y in pairs])
        right = truth.over(metric, pairs)
        return {sentence: value for sentence, value in found.items() if abs(value - right) > 2 * RTOL * abs(right)}


def expect_evaluated(student: Student, task: Task, metric: truth.Metric, made: Handle) -> None:
    """evaluate_tm() gives the metric of all samples of a task's batches."""
    layers = [list(layer) for layer in task.layers]
    model = student.make("model", layers, task.state, task.training, student.device, called="model")
    sizes = words_of([len(y) for _, y in task.batches])
    loader = student.make("batches", [list(batch) for batch in task.batches], called=f"a loader of {sizes} samples")
    rest = () if student.device == "cpu" else (student.device,)
    answer = student.evaluate_tm(model, loader, made, *rest)
    expect.close(answer, truth.over(metric, task.predicted()), rtol=RTOL, mistakes=task.mistakes(metric))


def torchmetric(student: Student, name: str, options: dict[str, Any], seen: Batch) -> Handle:
    """A metric of torchmetrics that has seen a batch."""
    expect.gradable(importlib.util.find_spec("torchmetrics") is not None, LACKING)
    shown = ", ".join(f"{key}={value!r}" for key, value in options.items())
    return student.make("torchmetric", name, options, list(seen), called=f"torchmetrics.{name}({shown})")


LINEAR = (("Linear", 3, 1),)


def linear_task(inputs: Inputs) -> Task:
    """A linear model, whose errors grow from batch to batch, and a metric that has seen worse."""

    def draw() -> Task:
        state = {"0.weight": inputs.normal(1, 3), "0.bias": inputs.normal(1)}
        batches = []
        for place, size in enumerate((4, 5, 2)):
            x = inputs.normal(size, 3)
            noise = (1 + place) * (0.4 + inputs.normal(size, 1))
            batches.append((x, (x @ state["0.weight"].T + state["0.bias"] + noise).astype("float32")))
        before = inputs.normal(3, 1), 3 + inputs.normal(3, 1)
        return Task(LINEAR, state, tuple(batches), before)

    drawn: Task = truth.telling(
        draw, lambda task: [truth.over(truth.rmse, task.predicted()), *task.mistakes(truth.rmse).values()]
    )
    return drawn


@check("evaluate_tm() gives torchmetrics' root mean squared error over a loader", points=1, explain=SHAPES)
def evaluates(student: Student, inputs: Inputs) -> None:
    for _ in range(2):
        task = linear_task(inputs)
        metric = torchmetric(student, "MeanSquaredError", {"squared": False}, task.before)
        expect_evaluated(student, task, truth.rmse, metric)
