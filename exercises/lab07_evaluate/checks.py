"""Public checks of lab07: the mean over the batches, the root over the samples. The truth is NumPy's, in float64."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np

# Imported while the sandbox imports its own: hidden checks run a model here.
import torch._dynamo

from grader import Handle, Inputs, Student, apparatus, check, expect

Array = np.ndarray[Any, Any]
Layers = tuple[tuple[Any, ...], ...]
Batches = tuple[tuple[Array, Array], ...]

RTOL = 1e-3
TELLING = 0.02
"""By which part, at least, the right number and each mistake's differ, and those from each other."""

SWAPPED = "You swapped the metric's arguments: predictions come first, metric_fn(y_pred, y)."
IGNORED = "You took the mean: call aggregate_fn, the function that you were given, instead."
WEIGHTED = "You weighted the metrics by the size of the batches: pass them to aggregate_fn unchanged."
LAST = "You used the last batch only: go through all batches."
FIRST = "You used the first batch only: go through all batches."
SUM = "That is the sum of the batches' metrics: pass them to aggregate_fn, all in one tensor."
ALL_AT_ONCE = "That is the metric over all samples at once: call metric_fn for each batch."

ROOTS_AVERAGED = (
    "You cannot average roots: add up the squared errors of all samples, divide by their number, and take one root."
)
BOOKS_OWN = (
    "The root of the mean of the batches' means is right for batches of equal size only: weight each mean by its size, "
    "or add up squares and count samples."
)
NO_ROOT = "That is the mean squared error: take its root."
ABSOLUTE = "That uses the mean absolute error: square the errors before you take their mean."
NOT_DIVIDED = "That is the root of the sum of squares: divide the sum by the number of samples first."
BY_BATCHES = "You divided by the number of batches: divide by the number of samples."

ITEMS_STACKED = "as element 0 in argument"
NOT_STACKED = "must be Tensor, not list"
RAISES = {
    ITEMS_STACKED: "torch.stack needs tensors: collect what metric_fn returns unchanged, without .item() or float().",
    NOT_STACKED: "aggregate_fn takes one tensor, not a list: create it with torch.stack.",
}
"""Part of an exception's message → a sentence."""
NOT_IN_TENSOR = dict.fromkeys(
    ("RuntimeError", "ValueError"),
    "PyTorch refuses one of your operations: look at the shapes of the tensors that its message mentions.",
)


def mse(y_pred: Array, y: Array) -> float:
    """The mean squared error."""
    return float(((y_pred - y) ** 2).mean())


def pinball(y_pred: Array, y: Array) -> float:
    """The mean of 0.8 of what is missing and 0.2 of what is too much: not symmetric."""
    return float(np.where(y > y_pred, 0.8 * (y - y_pred), 0.2 * (y_pred - y)).mean())


def relative(y_pred: Array, y: Array) -> float:
    """The mean of |y_pred - y| / (1 + |y|): not symmetric."""
    return float((np.abs(y_pred - y) / (1 + np.abs(y))).mean())


METRICS: dict[str, Callable[[Array, Array], float]] = {"mse": mse, "pinball": pinball, "relative": relative}
"""Name → metric; probes.py has the same, for tensors."""
AGGREGATES: dict[str, Callable[[Array], float]] = {
    "mean": lambda values: float(values.mean()),
    "max": lambda values: float(values.max()),
    "root_of_mean": lambda values: float(values.mean() ** 0.5),
    "last": lambda values: float(values[-1]),
    "spread": lambda values: float(values.max() - values.min()),
}
"""Name → aggregate of a vector; probes.py has the same."""


@dataclass(frozen=True)
class Task:
    """A model of one output in a known state, and batches."""

    layers: Layers
    state: dict[str, Array]
    batches: Batches
    training: bool = True

    def outputs(self, *, training: bool = False, warmed: bool = False) -> list[Array]:
        """What the model says for each batch, float64, in eval mode unless said otherwise.

        Args:
            training: in train mode.
            warmed: in eval mode, once it has seen all batches in train mode.
        """
        model = apparatus.model(self.layers, self.state, training or warmed)
        with torch.no_grad():
            if warmed:
                for x, _ in self.batches:
                    model(torch.from_numpy(x))
                model.eval()
            return [model(torch.from_numpy(x)).numpy().astype("float64") for x, _ in self.batches]

    def pairs(self, *, training: bool = False, warmed: bool = False) -> list[tuple[Array, Array]]:
        """Predictions and targets of each batch, float64."""
        outputs = self.outputs(training=training, warmed=warmed)
        return [(output, y.astype("float64")) for output, (_, y) in zip(outputs, self.batches, strict=True)]

    def in_worker(self, student: Student, *, moved: bool = False) -> tuple[Handle, Handle]:
        """The model, on the device that is graded on, and the loader, on the CPU unless it is to be moved."""
        plan = [list(layer) for layer in self.layers]
        return (
            student.make("model", plan, self.state, self.training, student.device, called="model"),
            student.make(
                "batches",
                [list(batch) for batch in self.batches],
                student.device if moved else "cpu",
                called=f"a loader with batches of {', '.join(str(len(y)) for _, y in self.batches)}",
            ),
        )


LINEAR: Layers = (("Linear", 3, 1),)


def task_of(inputs: Inputs, sizes: Sequence[int]) -> Task:
    """A linear model, and batches of these sizes, whose errors grow from batch to batch."""
    state = {"0.weight": inputs.normal(1, 3), "0.bias": inputs.normal(1)}
    batches = []
    for place, size in enumerate(sizes):
        x = inputs.normal(size, 3)
        y = x @ state["0.weight"].T + state["0.bias"] + (1 + place) * (0.4 + inputs.normal(size, 1))
        batches.append((x, y.astype("float32")))
    return Task(LINEAR, state, tuple(batches))


def apart(values: Sequence[float]) -> bool:
    """Whether these numbers are all told apart."""
    return all(abs(one - other) > TELLING * max(abs(one), abs(other)) for one, other in combinations(values, 2))


def aggregated(pairs: list[tuple[Array, Array]], metric: str, aggregate: str) -> float:
    """The aggregate of the batches' metrics."""
    return AGGREGATES[aggregate](np.array([METRICS[metric](*pair) for pair in pairs]))


def mistaken_aggregates(pairs: list[tuple[Array, Array]], metric: str, aggregate: str) -> dict[str, float]:
    """Sentence → the number that this mistake gives; those that give the right one are left out."""
    each = np.array([METRICS[metric](*pair) for pair in pairs])
    sizes = np.array([len(y) for _, y in pairs])
    everything = tuple(np.concatenate(parts) for parts in zip(*pairs, strict=True))
    found = {
        SWAPPED: aggregated([(y, output) for output, y in pairs], metric, aggregate),
        IGNORED: float(each.mean()),
        WEIGHTED: AGGREGATES[aggregate](each * sizes * len(sizes) / sizes.sum()),
        LAST: AGGREGATES[aggregate](each[-1:]),
        FIRST: AGGREGATES[aggregate](each[:1]),
        SUM: float(each.sum()),
        ALL_AT_ONCE: METRICS[metric](*everything),
    }
    right = AGGREGATES[aggregate](each)
    return {sentence: value for sentence, value in found.items() if abs(value - right) > RTOL * abs(right)}


def telling_task(inputs: Inputs, sizes: Sequence[int], metric: str, aggregate: str) -> Task:
    """A task on which every mistake that matters here is told apart."""
    while True:
        task = task_of(inputs, sizes)
        known = mistaken_aggregates(task.pairs(), metric, aggregate)
        # Over all samples and weighted by size is one number for a mean: they cannot be told apart.
        values = {round(value, 9) for value in known.values()}
        if apart([aggregated(task.pairs(), metric, aggregate), *values]):
            return task


def expect_aggregate(student: Student, task: Task, metric: str, aggregate: str, known: dict[str, Any]) -> None:
    """evaluate() gives the aggregate of the batches' metrics; "mean" is left to the default, if it can be."""
    model, loader = task.in_worker(student)
    metric_fn = student.make("metric", metric, called=f"the metric {metric}")
    rest: tuple[Any, ...] = ()
    if aggregate != "mean" or student.device != "cpu":
        rest = student.make("aggregate", aggregate, called=f"the aggregate {aggregate}"), student.device
    with expect.explained(RAISES):
        answer = student.evaluate(model, loader, metric_fn, *rest)
    expect.close(answer, aggregated(task.pairs(), metric, aggregate), rtol=RTOL, mistakes=known)


@check("evaluate() returns the mean of the batches' metrics", points=2, explain={**NOT_IN_TENSOR, **RAISES})
def mean_of_batches(student: Student, inputs: Inputs) -> None:
    for metric in ("mse", "pinball"):
        task = telling_task(inputs, (4, 4, 2), metric, "mean")
        known = mistaken_aggregates(task.pairs(), metric, "mean")
        # By chance of the mean: weighting by size, and all samples at once, give one number.
        known.pop(WEIGHTED, None)
        expect_aggregate(student, task, metric, "mean", known)


def root_mean_square(pairs: list[tuple[Array, Array]]) -> float:
    """The root mean squared error of all samples."""
    errors = np.concatenate([output - y for output, y in pairs])
    return float((errors**2).mean() ** 0.5)


def mistaken_roots(pairs: list[tuple[Array, Array]]) -> dict[str, float]:
    """Sentence → the number that this mistake gives."""
    means = np.array([mse(*pair) for pair in pairs])
    errors = np.concatenate([output - y for output, y in pairs])
    return {
        ROOTS_AVERAGED: float((means**0.5).mean()),
        BOOKS_OWN: float(means.mean() ** 0.5),
        NO_ROOT: float((errors**2).mean()),
        ABSOLUTE: float(np.abs(errors).mean()),
        NOT_DIVIDED: float((errors**2).sum() ** 0.5),
        BY_BATCHES: float(((errors**2).sum() / len(pairs)) ** 0.5),
        LAST: float(means[-1] ** 0.5),
        FIRST: float(means[0] ** 0.5),
    }


def expect_root(student: Student, inputs: Inputs, sizes: Sequence[int]) -> None:
    """rmse() is the root mean squared error of all samples, on batches that tell the mistakes."""
    while True:
        task = task_of(inputs, sizes)
        pairs = task.pairs()
        if apart([root_mean_square(pairs), *mistaken_roots(pairs).values()]):
            break
    answer = student.rmse(*task.in_worker(student, moved=True))
    expect.close(answer, root_mean_square(pairs), rtol=RTOL, mistakes=mistaken_roots(pairs))


@check("rmse() is the root mean squared error over all samples", points=1, explain=NOT_IN_TENSOR)
def rmse_of_samples(student: Student, inputs: Inputs) -> None:
    for sizes in ((4, 4, 2), (5, 3, 1)):
        expect_root(student, inputs, sizes)
