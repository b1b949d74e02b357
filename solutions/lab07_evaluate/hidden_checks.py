"""Hidden checks of lab07: other metrics and aggregates, other batches, eval mode, no graph, and the device."""

from __future__ import annotations

from typing import Any

from grader import Inputs, Student, check, difference, expect, show, training_loops

from .checks import (
    NOT_IN_TENSOR,
    RAISES,
    RTOL,
    Layers,
    Task,
    aggregated,
    apart,
    expect_aggregate,
    expect_root,
    mistaken_aggregates,
    root_mean_square,
    task_of,
    telling_task,
)

NORMED: Layers = (("Linear", 3, 6), ("BatchNorm1d", 6), ("ReLU",), ("Linear", 6, 1))
DROPPED: Layers = (("Linear", 3, 6), ("ReLU",), ("Dropout", 0.5), ("Linear", 6, 1))
TRAIN_MODE = (
    "You evaluated the model in train mode, in which BatchNorm uses the batch and Dropout drops values: call "
    "model.eval() first."
)
IN_GRAPH = "A metric needs no gradient: predict inside `with torch.no_grad():`."
MOVED_ON = "An evaluation must not change the model: use eval mode, which keeps BatchNorm's averages, and take no step."
NOT_MOVED = "Move both X and y to the device that you were given: X, y = X.to(device), y.to(device)."


@check("evaluate() calls the metric and the aggregate that you give it", points=2, explain={**NOT_IN_TENSOR, **RAISES})
def any_aggregate(student: Student, inputs: Inputs) -> None:
    for metric, aggregate in (("pinball", "max"), ("relative", "root_of_mean"), ("pinball", "last"), ("mse", "spread")):
        sizes = [inputs.integer(3, 6) for _ in range(inputs.integer(2, 4))]
        task = telling_task(inputs, [*sizes, 2], metric, aggregate)
        expect_aggregate(student, task, metric, aggregate, mistaken_aggregates(task.pairs(), metric, aggregate))


@check("rmse() is right for batches of other sizes", points=2, explain=NOT_IN_TENSOR)
def rmse_anywhere(student: Student, inputs: Inputs) -> None:
    expect_root(student, inputs, (20, 20, 5))
    for _ in range(2):
        expect_root(student, inputs, [inputs.integer(6, 12), inputs.integer(6, 12), inputs.integer(1, 4)])


def normed_task(inputs: Inputs) -> Task:
    """A model with BatchNorm, in train mode, whose averages are those of no batch, nor of all of them together."""
    while True:
        state = training_loops.initial_state(inputs, NORMED)
        # Far from what the batches give: then the second draw, at the latest the sixth, tells the three ways apart.
        state["1.running_mean"], state["1.running_var"] = 4 * inputs.normal(6), inputs.uniform(6, low=0.2, high=1.0)
        task = Task(NORMED, state, task_of(inputs, (7, 5, 3)).batches)
        ways = task.pairs(), task.pairs(training=True), task.pairs(warmed=True)
        if apart([aggregated(way, "mse", "mean") for way in ways]) and apart([root_mean_square(way) for way in ways]):
            return task


@check(
    "evaluate() and rmse() use the model in eval mode",
    points=1,
    after=("mean_of_batches", "rmse_of_samples"),
    explain=NOT_IN_TENSOR,
)
def eval_mode(student: Student, inputs: Inputs) -> None:
    task = normed_task(inputs)
    right, training = task.pairs(), task.pairs(training=True)
    in_train_mode = aggregated(training, "mse", "mean")
    expect_aggregate(student, task, "mse", "mean", {TRAIN_MODE: in_train_mode})
    answer = student.rmse(*task.in_worker(student, moved=True))
    expect.close(answer, root_mean_square(right), rtol=RTOL, mistakes={TRAIN_MODE: root_mean_square(training)})
    state = training_loops.initial_state(inputs, DROPPED)
    dropping = Task(DROPPED, state, task_of(inputs, (7, 5, 3)).batches)
    # Whoever lets neurons drop gives another answer the second time.
    again = student.rmse(*dropping.in_worker(student, moved=True)).value
    answer = student.rmse(*dropping.in_worker(student, moved=True))
    expect.close(
        answer,
        root_mean_square(dropping.pairs()),
        rtol=RTOL,
        mistakes={TRAIN_MODE: lambda got: abs(float(got) - float(again)) > RTOL},
    )


@check("evaluate() builds no graph, and leaves the model's parameters and averages unchanged", points=1, kind="W")
def no_trace(student: Student, inputs: Inputs) -> None:
    task = normed_task(inputs)
    model, loader = task.in_worker(student)
    metric = student.make("noting", called="a metric")
    rest = () if student.device == "cpu" else (student.make("aggregate", "mean"), student.device)
    with expect.explained(RAISES):
        answer = student.evaluate(model, loader, metric, *rest)
    met: Any = student.probe("noted", metric).value
    expect.that(
        isinstance(met, list) and len(met) == len(task.batches),
        f"{answer.question} called the metric {len(met) if isinstance(met, list) else 0} times; "
        f"expected {len(task.batches)}, once per batch.",
    )
    expect.that(not any(met), f"{answer.question} gave the metric predictions that require grad.", mistake=IN_GRAPH)
    found = student.fetch("state_of", model).value
    expect.that(
        difference(found, task.state, atol=1e-5) is None,
        f"{answer.question} changed the model's parameters or averages.",
        mistake=MOVED_ON,
    )


@check("evaluate() moves every batch to the device", points=1, kind="W")
def moves(student: Student, inputs: Inputs) -> None:
    function = student.evaluate.get().value
    found = student.probe("places", function, inputs.normal(4, 3), inputs.normal(4, 1)).value
    expect.that(isinstance(found, dict), f"The batches were at {show(found)}; expected a device.")
    for name, places in found.items():
        where = f"on {', '.join(sorted(set(places)))} when it was used" if places else "never used"
        expect.that(
            bool(places) and set(places) <= {"meta"},
            f"The model was on the device meta, but {name} was {where}.",
            mistake=NOT_MOVED if places else None,
        )
