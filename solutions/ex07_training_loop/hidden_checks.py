"""Hidden checks of ex07: BatchNorm and momentum, a model that arrives in eval mode, and the losses."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from grader import Answer, Inputs, Student, check, difference, expect, training_loops

from .checks import RAISES, deep_setup, linear_setup, train

KEEPS_GRAPHS = "Store loss.item(), a plain number: the tensor keeps the graph of its batch in memory."


@check("train() leads a deep model with BatchNorm and momentum where it should", points=5, explain=RAISES)
def deep_model(student: Student, inputs: Inputs) -> None:
    for _ in range(2):
        train(student, deep_setup(inputs))


@check("train() trains a model in train mode that arrives in eval mode", points=2, after="linear_model", explain=RAISES)
def arrives_in_eval_mode(student: Student, inputs: Inputs) -> None:
    train(student, deep_setup(inputs, training=False))


NO_DEFAULT = dict.fromkeys(
    ("RuntimeError", "AssertionError"),
    'Here train() is called without `device`, as in the example: the default is "cpu".',
)


@check("train() returns the mean loss of every epoch", points=1, after="linear_model", explain=NO_DEFAULT)
def losses(student: Student, inputs: Inputs) -> None:
    for _ in range(2):
        setup = replace(linear_setup(inputs), epochs=inputs.integer(2, 4))
        truth = training_loops.run(setup)
        assert truth is not None
        objects = training_loops.objects_of(student, setup)
        device = () if student.device == "cpu" else (student.device,)
        answer = student.train(*objects, setup.epochs, *device)
        means, weighted = training_loops.epoch_means(truth.losses, setup.batches)
        expect.that(
            not training_loops.still_in_graph(answer.value),
            f"{answer.question} returned tensors that still require grad.",
            mistake=KEEPS_GRAPHS,
        )
        if difference(answer.value, weighted, rtol=training_loops.RTOL) is None:
            continue
        expect.close(answer, means, rtol=training_loops.RTOL, mistakes=_mistakes(truth.losses))


def _mistakes(found: list[list[float]]) -> dict[str, Any]:
    return {
        "Those are the losses of all batches: give one number per epoch, their mean.": [x for e in found for x in e],
        "Those are the epochs' sums: divide by the number of batches.": [sum(epoch) for epoch in found],
        "That is each epoch's last batch: one batch is a noisy sample, so take the mean of all.": [
            e[-1] for e in found
        ],
        "That is each epoch's first batch: take the mean of all.": [e[0] for e in found],
        training_loops.ALL_BUT_LAST: [sum(epoch[:-1]) / len(epoch[:-1]) for epoch in found],
        "Give a list with one number per epoch, not the last epoch's alone.": sum(found[-1]) / len(found[-1]),
        "Start a new list of losses in every epoch: these means run over all epochs so far.": [
            sum(map(sum, found[: i + 1])) / sum(map(len, found[: i + 1])) for i in range(len(found))
        ],
        "The sum of the losses is divided by something else than the number of batches.": lambda got: _proportional(
            Answer(got).value, [sum(epoch) for epoch in found]
        ),
    }


def _proportional(got: Any, sums: list[float]) -> bool:
    ratios = [float(x) / s for x, s in zip(got, sums, strict=True)]
    return difference(ratios, [ratios[0]] * len(ratios), rtol=training_loops.RTOL) is None
