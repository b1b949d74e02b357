"""Hidden checks of lab08: streams of any form, metrics side by side, any metric over a loader, and the device."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from grader import (
    Answer,
    Handle,
    Inputs,
    Student,
    StudentRaised,
    check,
    difference,
    expect,
    number_of,
    show,
    training_loops,
)

from . import truth
from .checks import (
    NO_CLASSES,
    SHAPES,
    TRAIN_MODE,
    Task,
    expect_evaluated,
    expect_streams,
    expect_value,
    fed,
    feed,
    torchmetric,
)
from .truth import RTOL, SHARED

STALE = "compute() gives what it gave before: compute from what is there now."
FORGETS = "compute() forgets the samples: it may be asked again, and more batches may follow."
CHANGES = "compute() changes what is kept: asked again it gives another number."
BROADCAST = "(n, 1) minus (n,) is n×n: every prediction was compared with every target. Compare the shapes first."
TRACE = "A batch that is refused must leave no trace: compare the shapes before anything is added up."
NOTHING = "Nothing has been measured yet, so 0 or 1 would be a claim: give nan, or raise."
NO_UPDATE = "Nobody gave the metric the batch: call metric.update(y_pred, y)."
NOT_MOVED = "Move both to the device that you were given, X and y: X, y = X.to(device), y.to(device)."
METRIC_NOT_MOVED = "The metric stayed on the CPU: metric.to(device), before the first batch."
IN_GRAPH = "Nobody will differentiate a metric: predict inside `with torch.no_grad():`."
STATE_BEHIND = "What the metric keeps stayed on the CPU: to() moves all of it, and reset() leaves it where it is."


@check(
    "two metrics side by side, computed in between, keep to their own samples",
    points=1,
    after=("rmse_of_stream", "accuracy_of_stream"),
)
def independent(student: Student, inputs: Inputs) -> None:
    for kind, (_, value, _) in truth.KINDS.items():
        one, _ = truth.telling_batches(inputs, kind, (9, 6))
        other, _ = truth.telling_batches(inputs, kind, (7, 11, 4), one)
        first, second = fed(student, kind, one), fed(student, kind, other[:1])
        for metric, batches, others in ((first, one, other[:1]), (second, other[:1], one)):
            wrong = truth.over(value, batches + others), truth.over(value, others)
            shared = {SHARED: lambda got, wrong=wrong: any(difference(got, w, rtol=RTOL) is None for w in wrong)}
            expect_value(metric, kind, batches, shared, "beside another metric")
            known = {
                FORGETS: lambda got: math.isnan(got if isinstance(got, float) else got.array),
                CHANGES: lambda got: number_of(got) is not None,
            }
            expect_value(metric, kind, batches, known, "when asked a second time")
        feed(second, other[1:])
        known = {
            STALE: truth.over(value, other[:1]),
            FORGETS: truth.over(value, other[1:]),
            SHARED: truth.over(value, one + other),
        }
        expect_value(second, kind, other, known, "after compute() and more batches")


@check(
    "any batches will do: logits or classes, columns or vectors, one sample or many",
    points=1,
    after=("rmse_of_stream", "accuracy_of_stream"),
    explain=NO_CLASSES,
)
def any_form(student: Student, inputs: Inputs) -> None:
    sizes = [inputs.integer(4, 9), 30, 1, inputs.integer(4, 9)]
    for column in (False, True):
        expect_streams(student, inputs, "StreamingRMSE", sizes, column=column)
    for logits in (False, True):
        expect_streams(student, inputs, "StreamingAccuracy", [9, *sizes, truth.CLASSES], logits=logits)


@check("without samples there is no number", points=1, after="begins_anew")
def nothing_seen(student: Student, inputs: Inputs) -> None:
    for kind in truth.KINDS:
        for batches in ([], truth.telling_batches(inputs, kind, (7, 5))[0]):
            metric = fed(student, kind, batches)
            if batches:
                metric.method("reset")()
            when = "after a reset()" if batches else "before any update()"
            try:
                value = metric.method("compute")().value
            except StudentRaised:
                continue
            got = number_of(value)
            expect.that(
                got is not None and math.isnan(got),
                f"{kind}'s compute() {when} returned {show(value)}; expected nan, or an exception.",
                mistake=NOTHING if got in (0.0, 1.0) else None,
            )


@check("StreamingRMSE() compares no prediction with every target", points=1, after="rmse_of_stream")
def shapes_differ(student: Student, inputs: Inputs) -> None:
    for turned in (False, True):
        batches = truth.telling(
            lambda: truth.regression(inputs, (5,)), lambda drawn: [truth.over(truth.rmse, drawn), *_broadcast(drawn)]
        )
        ((y_pred, y),), found = batches, _broadcast(batches)
        metric = student.StreamingRMSE.new()
        try:
            metric.method("update")(*((y_pred[:, 0], y) if turned else (y_pred, y[:, 0])))
        except StudentRaised:
            _expect_no_trace(metric, batches)
            continue
        try:
            value = metric.method("compute")().value
        except StudentRaised:
            continue
        shapes = "(5,) and (5, 1)" if turned else "(5, 1) and (5,)"
        expect.close(
            Answer(value, f"StreamingRMSE's compute() after an update with the shapes {shapes}"),
            truth.over(truth.rmse, batches),
            rtol=RTOL,
            mistakes={
                BROADCAST: lambda got, found=found: any(difference(got, number, rtol=RTOL) is None for number in found)
            },
        )


def _expect_no_trace(metric: Handle, batches: list[truth.Batch]) -> None:
    """The metric has refused the batch in unlike shapes; now it gets it in its own, and that is all that counts."""
    feed(metric, batches)
    ((y_pred, y),) = batches
    own, n = float(((y_pred.astype("float64") - y) ** 2).sum()), len(y)
    refused = _broadcast(batches)[0] ** 2 * n**2
    traces = [(squares / count) ** 0.5 for squares in (own, own + refused) for count in (n, 2 * n)][1:]
    expect.close(
        Answer(metric.method("compute")().value, "StreamingRMSE's compute() after a batch that it has refused and one"),
        truth.over(truth.rmse, batches),
        rtol=RTOL,
        mistakes={TRACE: lambda got: any(difference(got, number, rtol=RTOL) is None for number in traces)},
    )


def _broadcast(batches: list[truth.Batch]) -> tuple[float, float]:
    """The root of the n×n squares' mean, and of their sum divided by n."""
    ((y_pred, y),) = batches
    squares = (y_pred.astype("float64") - y[:, 0]) ** 2
    return float(squares.mean() ** 0.5), float(squares.mean() ** 0.5 * len(y) ** 0.5)


CLASSIFIER = (("Linear", 3, truth.CLASSES),)
NORMED = (("Linear", 3, 5), ("BatchNorm1d", 5), ("ReLU",), ("Linear", 5, 1))


@check("evaluate_tm() drives any metric, from its beginning", points=1, after="evaluates", explain=SHAPES)
def any_metric(student: Student, inputs: Inputs) -> None:
    for average, value in (("micro", truth.accuracy), ("macro", truth.recall)):
        task = _telling_task(inputs, _classes, value)
        options = {"task": "multiclass", "num_classes": truth.CLASSES, "average": average}
        expect_evaluated(student, task, value, torchmetric(student, "Accuracy", options, task.before))
    task = _telling_task(inputs, _normed, truth.worst)
    made = student.make("worst", list(task.before), called="a metric of another make")
    expect_evaluated(student, task, truth.worst, made)


def _telling_task(inputs: Inputs, draw: Any, metric: truth.Metric) -> Task:
    """A task on which the mistakes are told apart, and no prediction is close to another one."""

    def values(task: Task) -> list[float]:
        return [truth.over(metric, task.predicted()), *task.mistakes(metric).values()]

    while True:
        task: Task = truth.telling(lambda: draw(inputs), values)
        if task.layers is NORMED and TRAIN_MODE not in task.mistakes(metric):
            continue  # by chance the worst is the same
        logits = np.concatenate([y_pred for y_pred, _ in task.predicted()])
        if logits.shape[1] == 1 or np.diff(np.sort(logits, axis=1)[:, -2:], axis=1).min() > RTOL:
            return task


def _classes(inputs: Inputs) -> Task:
    state = training_loops.initial_state(inputs, CLASSIFIER, 1.0)
    batches = []
    for wrong, size in ((0.1, 9), (0.3, 8), (0.7, 5)):
        x = inputs.normal(size, 3)
        guess = (x @ state["0.weight"].T + state["0.bias"]).argmax(1)
        y = (guess + (inputs.uniform(size) < wrong) * inputs.integer(1, 3)) % truth.CLASSES
        y[: truth.CLASSES] = range(truth.CLASSES)  # every class is there
        batches.append((x, y.astype("int64")))
    seen = np.zeros((4, truth.CLASSES), "float32"), np.full(4, 1, "int64")
    return Task(CLASSIFIER, state, tuple(batches), seen)


def _normed(inputs: Inputs) -> Task:
    state = training_loops.initial_state(inputs, NORMED)
    state["1.running_mean"], state["1.running_var"] = inputs.normal(5), inputs.uniform(5, low=0.5, high=2.0)
    batches = tuple((inputs.normal(size, 3), 2 * inputs.normal(size, 1)) for size in (6, 5, 3))
    return Task(NORMED, state, batches, (inputs.normal(3, 1), 20 + inputs.normal(3, 1)))


@check("all are on one device, and predictions are in no graph", points=1, kind="W", after="evaluates")
def on_the_device(student: Student, inputs: Inputs) -> None:
    function = student.evaluate_tm.get().value
    found: Any = student.probe("met_elsewhere", function, inputs.normal(4, 3), inputs.normal(4, 1)).value
    places, met = (found[name] if isinstance(found, dict) and name in found else [] for name in ("model", "metric"))
    expect.that(
        set(places) <= {"meta"},
        f"The model was on meta, and X, when it was used, on {', '.join(sorted(map(str, set(places))))}.",
        mistake=NOT_MOVED,
    )
    whole = isinstance(met, list) and all(isinstance(item, tuple) and len(item) == 4 for item in met)
    expect.that(whole and bool(met), "evaluate_tm() with a model on meta updated no metric.", mistake=NO_UPDATE)
    y_pred, y, metric, in_graph = met[0]
    expect.that(
        y_pred == y == "meta",
        f"The model was on meta, and the metric was given predictions on {y_pred} and targets on {y}.",
        mistake=NOT_MOVED,
    )
    expect.that(metric == "meta", f"The model was on meta, and the metric on {metric}.", mistake=METRIC_NOT_MOVED)
    expect.that(not in_graph, "The metric was given predictions that require grad.", mistake=IN_GRAPH)
    for kind, (draw, _, _) in truth.KINDS.items():
        make: Any = getattr(student, kind).get().value
        step = student.probe("stays_behind", make, [list(batch) for batch in draw(inputs, (3, 4))]).value
        expect.that(
            step == "",
            f"{kind}, moved to meta, met batches from there, and part of it was on the CPU after {step}.",
            mistake=STATE_BEHIND,
        )
