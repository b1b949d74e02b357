"""Hidden checks of ex07: BatchNorm and momentum, a model that arrives in eval mode, and the losses."""

from __future__ import annotations

from dataclasses import replace

from grader import Inputs, Student, check, difference, epoch_losses, expect, training_loops

from .checks import LOSSES, RAISES, deep_setup, linear_setup, train

KEEPS_GRAPHS = "Store loss.item(), a plain number: the tensor keeps the graph of its batch in memory."


@check("train() trains a deep model with BatchNorm and momentum correctly", points=5, explain=RAISES)
def deep_model(student: Student, inputs: Inputs) -> None:
    for loss in LOSSES:
        train(student, deep_setup(inputs, loss))


@check("train() uses train mode for a model that arrives in eval mode", points=2, after="linear_model", explain=RAISES)
def arrives_in_eval_mode(student: Student, inputs: Inputs) -> None:
    train(student, deep_setup(inputs, training=False))


NO_DEFAULT = dict.fromkeys(
    ("RuntimeError: CUDA", "AssertionError: CUDA"),
    'Here train() is called without `device`, as in the example: the default is "cpu".',
)


@check("train() returns the mean loss of every epoch", points=1, after="linear_model", kind="W", explain=NO_DEFAULT)
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
        expect.close(
            answer, means, rtol=training_loops.RTOL, mistakes=epoch_losses.epoch_mistakes(truth.losses, setup.batches)
        )
