"""Hidden checks of lab05: other sizes, other optimizers, the losses, and that the model is called."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import torch

from grader import Answer, Inputs, Student, Tensor, apparatus, check, difference, expect, show, training_loops

from .checks import ATOL, BUILDING, LAYERS, RAISES, expect_outputs, setup_of, trained

RTOL = training_loops.RTOL
KEEPS_GRAPHS = "Store loss.item(), a plain number: the tensor itself keeps the graph of its epoch in memory."
AFTER = "These are the losses after each step: take the loss of each epoch before the model changes."
ONE_MORE = "There is one loss too many: return n_epochs numbers, each from before the step of its epoch."
NOT_FORWARD = "Call the model itself, model(X), not model.forward(X): only a call runs the model's hooks."


@check(
    "RegressionMLP() is right for other sizes and for outputs below 0",
    points=1,
    after="mlp_structure",
    explain=BUILDING,
)
def mlp_anywhere(student: Student, inputs: Inputs) -> None:
    for _ in range(3):
        n_in, h1, h2 = inputs.integers(3, 2, 30)
        expect_outputs(student, inputs, n_in, h1, h2)


@check("train_bgd() also works with momentum and Adam, and with any loss", points=1, after="trains", explain=RAISES)
def other_optimizers(student: Student, inputs: Inputs) -> None:
    trained(student, setup_of(inputs, "SGD", lr=0.05, momentum=0.9))
    trained(student, setup_of(inputs, "Adam", "L1Loss", lr=0.1))


@check(
    "train_bgd() returns the loss of every epoch, before its step", points=1, kind="W", after="trains", explain=RAISES
)
def losses(student: Student, inputs: Inputs) -> None:
    for _ in range(2):
        while True:
            setup = setup_of(inputs, "SGD", lr=0.05)
            longer = training_loops.run(setup, training_loops.Habits(epochs="one too many"))
            assert longer is not None
            found = [epoch[0] for epoch in longer.losses]
            # From one epoch to the next the losses differ enough to tell before from after.
            if all(abs(one - other) > 0.02 * one for one, other in pairwise(found)):
                break
        answer, _ = trained(student, setup)
        right = found[:-1]
        expect.that(
            not training_loops.still_in_graph(answer.value),
            f"{answer.question} returned tensors that still require grad.",
            mistake=KEEPS_GRAPHS,
        )
        expect.close(
            answer,
            right,
            rtol=RTOL,
            mistakes={
                AFTER: found[1:],
                ONE_MORE: found,
                "Return a list with the losses of all epochs, not just the last one.": right[-1],
                "Return a list with the losses of all epochs: yours holds the last one only.": right[-1:],
                "These are sums over the samples: use the loss as the criterion returns it.": [
                    12 * loss for loss in right
                ],
                "These are roots: use the loss as the criterion returns it.": [loss**0.5 for loss in right],
            },
        )


@check("predict() and train_bgd() call the model, including its hooks", points=1, after="losses")
def calls_the_model(student: Student, inputs: Inputs) -> None:
    setup = setup_of(inputs, "SGD", lr=0.05)
    (x, y), factor = setup.batches[0], 2 + inputs.number(0, 1)
    with torch.no_grad():
        plain = apparatus.model(LAYERS, setup.state)(torch.from_numpy(x)).numpy()
    hooked = factor * plain
    loss, loss_of_plain = (float(((output.astype("float64") - y) ** 2).mean()) for output in (hooked, plain))
    called = f"a model with a hook that multiplies its output by {factor:g}"
    made: tuple[Any, ...] = ([list(layer) for layer in LAYERS], setup.state, factor, student.device)
    model = student.make("hooked", *made, called=called)
    expect.close(student.predict(model, x), hooked, atol=ATOL, mistakes={NOT_FORWARD: plain})
    optimizer = student.make("optimizer", model, "SGD", setup.options, called="optimizer")
    criterion = student.make("criterion", "MSELoss", called="criterion")
    with expect.explained(RAISES):
        answer = student.train_bgd(model, optimizer, criterion, x, y, 2)
    value: Any = answer.value
    items = value.array if isinstance(value, Tensor) else value  # of the right form, says the check before
    first = Answer(float(items[0]) if isinstance(value, Tensor) else items[0], f"the first loss of {answer.question}")
    # Another check asks for the losses themselves; this one only whether the hook has run.
    expect.that(
        difference(first.value, loss_of_plain, rtol=RTOL) is not None,
        f"{first.question} is {show(first.value)}, as if the model had no hook; expected {show(loss)}.",
        mistake=NOT_FORWARD,
    )
