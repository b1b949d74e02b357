"""Hidden checks of lab11: where gradients go, other weights and numbers of inputs, the losses, and eval mode."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from grader import Answer, Inputs, Student, Tensor, check, difference, epoch_losses, expect, show, training_loops

from .checks import OUTPUTS, TRAINING, evaluation, expect_evaluation, load, new
from .network import BATCH, gradients, sizes, smooth_case
from .training import mixed, setup, train

DEEP_NEVER_FEELS_AUX = "The deep stack never feels the auxiliary loss: do not detach the input of aux_output_layer."
DEEP_NEVER_FEELS_MAIN = "The deep stack never feels the main loss: do not detach the input of output_layer."
NO_GRADIENT = (
    "No gradient arrives there, so nothing would be learned: .data, detach() and no_grad() in forward() stop it."
)
KEEPS_GRAPHS = "Store loss.item(), a plain number: the tensor itself keeps the graph of its batch in memory."
IN_GRAPH = "Nobody will differentiate a metric: evaluate inside `with torch.no_grad():`."
NOT_MOVED = "Move every tensor in the batch to the device that you were given: all inputs and y."
CHANGES_MODEL = "An evaluation must not change the model: call model.eval() first, and don't call backward() or step()."


@check("both outputs send their gradients into the deep stack", points=2, after="v4_outputs")
def v4_gradients(student: Student, inputs: Inputs) -> None:
    size = sizes(inputs)
    X_wide, X_deep, w = smooth_case(inputs, size)
    network = new(student, size)
    load(network, w)
    some, none = inputs.normal(BATCH, 1), np.zeros((BATCH, 1), "float32")
    for by_main, by_aux, output, detached in (
        (none, some, "the auxiliary output", DEEP_NEVER_FEELS_AUX),
        (some, none, "the main output", DEEP_NEVER_FEELS_MAIN),
    ):
        found = student.fetch("pair_gradients", network, X_wide, X_deep, by_main, by_aux).value
        right = gradients(X_wide, X_deep, w, by_main, by_aux)
        named = dict(zip(OUTPUTS, right.all[4:], strict=True))
        for name, gradient in named.items():
            _expect_gradient(
                _of(found, name), gradient, f"the gradient of {output} with respect to {name}", NO_GRADIENT
            )
        inside = dict(zip(size.shapes[:4], right.all[:4], strict=True))
        for shape, gradient in inside.items():
            got = next((x for x in _values(found) if isinstance(x, Tensor) and x.shape == shape), None)
            _expect_gradient(
                got, gradient, f"the gradient of {output} with respect to the deep stack's {shape} parameter", detached
            )


def _values(found: Any) -> list[Any]:
    return list(found.values()) if isinstance(found, dict) else []


def _of(found: Any, name: str) -> Any:
    return found.get(name) if isinstance(found, dict) else None


def _expect_gradient(got: Any, right: Any, question: str, nothing: str) -> None:
    if got is None and not right.any():
        return  # it takes no part: no gradient is a gradient of 0
    known = {nothing: lambda value: value is None or not value.array.any()}
    expect.close(Answer(got, question), right.astype("float32"), rtol=1e-3, atol=1e-3, mistakes=known)


@check("train_aux() works with any weight and any number of inputs, and trains in train mode", points=1.5)
def train_any(student: Student, inputs: Inputs) -> None:
    with expect.explained(TRAINING):
        for n_inputs in (1, 3):
            weight = inputs.choice([0.35, 0.6, 0.75])
            train(student, setup(inputs, n_inputs, weight), weight)
        weight = inputs.choice([0.4, 0.7])
        train(student, setup(inputs, 2, weight, norm=True, training=False), weight)


@check("train_aux() returns the mean loss of every epoch", points=0.5, kind="W", after="train_two_outputs")
def losses(student: Student, inputs: Inputs) -> None:
    to_run = setup(inputs, 2, 0.3, epochs=inputs.integer(2, 4))
    truth = training_loops.run(to_run)
    assert truth is not None
    answer = train(student, to_run, 0.3)
    means, weighted = training_loops.epoch_means(truth.losses, to_run.batches)
    expect.that(
        not training_loops.still_in_graph(answer.value),
        f"{answer.question} returned tensors that still require grad.",
        mistake=KEEPS_GRAPHS,
    )
    if difference(answer.value, weighted, rtol=training_loops.RTOL) is None:
        return
    parts = {"main": mixed(1, 0), "auxiliary": mixed(0, 1), "both": mixed(1, 1)}
    known: dict[str, Any] = {
        "These are the main losses only: the loss of a batch is the weighted sum of both.": parts["main"],
        "These are the auxiliary losses only: the loss of a batch is the weighted sum of both.": parts["auxiliary"],
        "You added the two losses without their weights: the loss of a batch is the weighted sum of both.": parts[
            "both"
        ],
    }
    known = {sentence: _recorded(to_run, loss_of) for sentence, loss_of in known.items()}
    known |= epoch_losses.epoch_mistakes(truth.losses, to_run.batches)
    expect.close(answer, means, rtol=training_loops.RTOL, mistakes=known)


def _recorded(to_run: Any, recorded: Any) -> list[float]:
    """Each epoch's mean of another loss than the one which is learned from."""
    right, seen = training_loops.with_auxiliary(0.3), []

    def loss_of(model: Any, criterion: Any, batch: Any) -> Any:
        seen.append(recorded(model, criterion, batch).item())
        return right(model, criterion, batch)

    training_loops.run(replace(to_run, loss_of=loss_of))
    n = len(to_run.batches)
    return [sum(seen[i : i + n]) / n for i in range(0, len(seen), n)]


@check("train_aux() moves every tensor to the model's device", points=0.5, kind="W", after="train_two_outputs")
def moves(student: Student, inputs: Inputs) -> None:
    function = student.train_aux.handle()
    found = student.probe("places", function, inputs.normal(4, 2), inputs.normal(4, 3), inputs.normal(4, 1)).value
    expect.that(isinstance(found, dict), f"The tensors were at {show(found)}; expected devices.")
    for name, places in found.items():
        where = f"on {', '.join(sorted(set(places)))} when it was used" if places else "never used"
        expect.that(
            set(places) == {"meta"},
            f"The model was on the device meta, but {name} was {where}.",
            mistake=NOT_MOVED if set(places) - {"meta"} else None,
        )


@check(
    "evaluate_main() uses eval mode and no graph, takes batches of any size, and leaves the model unchanged",
    points=0.5,
    kind="W",
)
def evaluates_in_eval_mode(student: Student, inputs: Inputs) -> None:
    for n_inputs in (2, 3):
        case = evaluation(inputs, n_inputs, (6, 3, 4), 2.0, norm=True)
        model = expect_evaluation(student, case, in_no_graph=True)
        expect.that(
            student.probe("tracked", model).value is False,
            "During evaluate_main() autograd recorded what the model computed.",
            mistake=IN_GRAPH,
        )
        expect.close(
            Answer(student.fetch("state_of", model).value, "the state of the model after evaluate_main()"),
            case.state,
            mistakes={CHANGES_MODEL: lambda got: isinstance(got, dict)},
        )
