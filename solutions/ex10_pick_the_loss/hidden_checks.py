"""Hidden checks of ex10: outputs far from zero, gradients, and batches of one. Truth is NumPy's, in float64."""

from __future__ import annotations

from typing import Any

import numpy as np

from grader import Answer, Inputs, Student, check, expect, number_of

from .checks import (
    CLASSES,
    LABELS,
    SIZES,
    Array,
    Batch,
    batch_of,
    expect_losses,
    expect_probabilities,
    loss_of,
    losses,
    one_hot,
    probabilities,
    random_batch,
)

FAR = 200.0
SATURATES = (
    "This is right for small logits, but it saturates: tiny probabilities are cut off before the logarithm. "
    "Use a loss that takes logits: CrossEntropyLoss, BCEWithLogitsLoss."
)
OVERFLOWS = (
    "exp() of a large logit overflows, or a tiny probability becomes 0, and its logarithm infinite. "
    "Use a loss that takes logits: CrossEntropyLoss, BCEWithLogitsLoss."
)
ACTIVATION_OVERFLOWS = "exp() of a large logit overflows float32: torch.softmax and torch.sigmoid avoid this."
NO_GRADIENT = "No gradient comes back, so nothing is learned: return a tensor, without item(), detach() or no_grad()."
ONE_SAMPLE = "A batch may hold a single sample: squeeze() removes its dimension, too. Give targets the outputs' shape."
SUMMED = "That is the gradient of the sum of the losses: take the mean."
IN_PLACE = "The outputs belong to the model: compute new tensors, and change nothing in place."
REFUSED = dict.fromkeys(("RuntimeError: in-place operation", "RuntimeError: by an inplace operation"), IN_PLACE)
SQUEEZED = dict.fromkeys((*SIZES, "Dimension out of range"), ONE_SAMPLE)
LAST = {"multiclass_probs": "softmax", "multiclass_logprobs": "log_softmax"}


def far_batch(task: str, inputs: Inputs) -> Batch:
    """Some logits are ±200, and for one sample at least the model is sure and wrong."""
    batch = random_batch(task, inputs, inputs.integer(3, 5))
    logits, targets = batch.logits.copy(), batch.targets
    if task in CLASSES:
        wrong = (targets + 1) % logits.shape[1]
        logits[0, targets[0]] = -FAR
        logits[1, wrong[1]] = FAR
        logits[2, targets[2]] = FAR
    else:
        signs = 2.0 * targets.reshape(logits.shape) - 1
        logits[:2] = -FAR * signs[:2]
        logits[2] = FAR * signs[2]
    return batch_of(task, logits, targets)


def _beyond(task: str, batch: Batch) -> dict[str, Any]:
    right = float(losses(task, batch).mean())
    return {
        OVERFLOWS: lambda got: not np.isfinite(number_of(got)),
        SATURATES: lambda got: 0 < number_of(got) < 0.95 * right,
    }


@check("losses with classes are right far from zero", points=1, after="class_losses")
def far_class_losses(student: Student, inputs: Inputs) -> None:
    # Probabilities themselves cannot say more than float32 can hold, so they are not asked here.
    tasks = ("multiclass", "multiclass_logprobs")
    expect_losses(student, tasks, lambda task: far_batch(task, inputs), _beyond)


@check("losses with yes or no are right far from zero", points=1, after="label_losses")
def far_label_losses(student: Student, inputs: Inputs) -> None:
    expect_losses(student, LABELS, lambda task: far_batch(task, inputs), _beyond)


def slope(task: str, batch: Batch) -> Array:
    """The gradient of the mean loss by the logits: (probability - truth) / count."""
    z, y = batch.logits, batch.targets
    true = one_hot(z, y) if task in CLASSES else y.reshape(z.shape)
    result: Array = (probabilities(task, z) - true) / losses(task, batch).size
    return result


def expect_slopes(student: Student, tasks: tuple[str, ...], inputs: Inputs) -> None:
    """The gradients of the losses of these tasks, for several samples and for one."""
    for task in tasks:
        loss = loss_of(student, task)
        for n in (inputs.integer(2, 5), 1):
            batch = random_batch(task, inputs, n)
            right, last = slope(task, batch), LAST.get(task)
            # A size that is wrong for one sample alone: for several, the loss has just been right.
            with expect.explained(SQUEEZED if n == 1 else {}):
                found = student.fetch("slope", loss, batch.logits.astype("float32"), batch.targets, last)
            by = f"logits through {last}" if last else "logits"
            expect.close(
                Answer(found.value, f"the gradient of {loss} by {by}, for {n} sample{'s' if n > 1 else ''},"),
                right.astype("float32"),
                rtol=1e-3,
                atol=1e-5,
                mistakes={NO_GRADIENT: lambda got: got is None, SUMMED: right * losses(task, batch).size},
            )


@check("losses with classes send the right gradients back", points=1, after="class_losses", explain=REFUSED)
def class_gradients(student: Student, inputs: Inputs) -> None:
    expect_slopes(student, CLASSES, inputs)


@check("losses with yes or no send the right gradients back", points=1, after="label_losses", explain=REFUSED)
def label_gradients(student: Student, inputs: Inputs) -> None:
    expect_slopes(student, LABELS, inputs)


@check(
    "activation() is right far from zero and for one sample, and leaves the outputs as they are",
    points=2,
    after="known_probabilities",
)
def far_probabilities(student: Student, inputs: Inputs) -> None:
    overflow = {ACTIVATION_OVERFLOWS: lambda got: not np.isfinite(got.array).all()}
    for task in (*CLASSES, *LABELS):
        for batch in (far_batch(task, inputs), random_batch(task, inputs, 1)):
            expect_probabilities(student, task, batch, overflow)
            outputs = student.make("kept", batch.outputs, called="outputs")
            answer = student.activation(task, outputs)
            after = Answer(student.glance("kept", outputs).value, f"After {answer.question}, outputs")
            expect.close(after, batch.outputs, mistakes={IN_PLACE: lambda got: True})
            # Whatever is said of them: a second call computes with the outputs as the first has left them.
            expect.close(student.activation(task, outputs), answer.value, mistakes={IN_PLACE: lambda got: True})
