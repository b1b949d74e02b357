"""Public checks of lab11: what the network answers, where a loop leads, and what an evaluation looks at."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np

from grader import CheckFailed, Handle, Inputs, Student, StudentRaised, Tensor, check, expect, show, training_loops

from .network import Array, Sizes, Weights, aux_output, deep_stack, main_output, relu, sizes, smooth_case, truth, unbent
from .training import batches, judged, model_of, plan, setup, train

MODULE = "torch.nn.modules.module.Module"
OUTPUTS = ("output_layer.weight", "output_layer.bias", "aux_output_layer.weight", "aux_output_layer.bias")

NOT_A_MODULE = "Make your class a subclass of nn.Module."
NO_SUPER = "Call super().__init__() first in your __init__: before that, nn.Module cannot register a layer."
NAMES = "Name the two output layers output_layer and aux_output_layer, as the chapter does."
AUX_SEES_ALL = "Your auxiliary output layer sees the wide values, too: it must see the h2 deep values only."
MAIN_SEES_DEEP = (
    "Your main output layer sees the deep values only: it must take the wide ones, too, n_wide + h2 values in all."
)
STACKS = "You stacked samples on samples: the features lie in dimension 1, so join the two ways along dim=1."
ONE_OUTPUT = "Return both outputs as a pair: return main, aux."
IN_ONE = "Return the outputs as a pair of tensors, not joined into one."
TURNED = "You swapped the pair: first the main output, then the auxiliary one."
DEEP_FIRST = "You joined the deep values first: for the main output the wide values come first, then the deep ones."
WIDE_BENT = "The wide way must stay linear: pass X_wide to the output layer unchanged."
NO_RELU = "Your deep stack has no ReLU: put one after each of its linear layers."
NO_LAST_RELU = "The ReLU after the second linear layer is missing: the deep stack must end with one."
BENT = "You put a ReLU after an output layer: leave it out, since outputs may be negative."
AGAIN = (
    "The graph is gone when backward() runs again: add the two losses, each times its weight, and call backward() once."
)
PAIR = "The model returns a pair: unpack it, as in main, aux = model(*inputs)."
FIXED_PAIR = "A batch may have any number of inputs before y: use `for *inputs, y in loader`."


def new(student: Student, size: Sizes) -> Handle:
    """A fresh network of the student's, whose parameters have the right shapes."""
    with expect.explained({"Module.__init__() call": NO_SUPER}):
        network = student.WideAndDeepV4.new(size.wide, size.deep, size.h1, size.h2)
    expect.that(
        network.is_a(MODULE),
        f"{network} is an object of type {network.thing.type_name}, not an nn.Module.",
        mistake=NOT_A_MODULE,
    )
    fault = None
    try:
        # Lazy layers have no parameters before their first call.
        network.forward(*(np.zeros((3, n), "float32") for n in (size.wide, size.deep)))
    except StudentRaised as error:
        fault = error  # the shapes may say more
    found = shapes_of(network)
    right = [*size.shapes[:4], *size.shapes[4:]]
    named = dict(zip(OUTPUTS, size.shapes[4:], strict=True))
    unwritten = fault is not None and "NotImplementedError" in fault.raised.bases
    fits = sorted(found.values()) == sorted(right) and all(found.get(name) == named[name] for name in OUTPUTS)
    if not fits and not unwritten:
        listed = show(found) if found else "none"
        wanted = f"{show(named)}, and in the deep stack {show(list(size.shapes[:4]))}"
        raise CheckFailed(
            f"{network} should have the parameters {wanted}; it has: {listed}.",
            mistake=_mistake_in_shapes(found, size),
            evidence={"asked": f"{network}.named_parameters()", "got": listed, "expected": wanted},
        )
    if fault is not None:
        with expect.explained({"except in dimension 0": STACKS}):
            raise fault
    return network


def shapes_of(network: Handle) -> dict[str, tuple[int, ...]]:
    """The shapes of a network's parameters by name, as it says."""
    found = network.glance()["parameters"]
    items = [item for item in found if isinstance(item, dict)] if isinstance(found, list) else []
    return {str(item.get("name")): item["value"].shape for item in items if isinstance(item.get("value"), Tensor)}


def _mistake_in_shapes(found: dict[str, tuple[int, ...]], size: Sizes) -> str | None:
    if not {"output_layer.weight", "aux_output_layer.weight"} <= set(found):
        return NAMES if found else None
    joined, deep = (1, size.wide + size.h2), (1, size.h2)
    if found["aux_output_layer.weight"] == joined:
        return AUX_SEES_ALL
    return MAIN_SEES_DEEP if found["output_layer.weight"] == deep else None


def load(network: Handle, w: Weights) -> None:
    """Parameters of ours: the two biases of one shape go by their names."""
    network.load(w.w1, w.b1, w.w2, w.b2, w.main_w, w.aux_w)
    network.load_named({"output_layer.bias": w.main_b, "aux_output_layer.bias": w.aux_b})


def outputs_of_mistakes(X_wide: Array, X_deep: Array, w: Weights) -> dict[str, Any]:
    """Sentence → the pair that this mistake gives."""
    deep, (main, aux) = deep_stack(X_deep, w), truth(X_wide, X_deep, w)
    linear, open_end = deep_stack(X_deep, w, unbent, unbent), deep_stack(X_deep, w, relu, unbent)
    return {
        TURNED: (aux, main),
        DEEP_FIRST: (main_output([deep, X_wide], w), aux),
        WIDE_BENT: (main_output([relu(X_wide), deep], w), aux),
        NO_RELU: (main_output([X_wide, linear], w), aux_output(linear, w)),
        NO_LAST_RELU: (main_output([X_wide, open_end], w), aux_output(open_end, w)),
        BENT: lambda got: _bent([x.array for x in got], [main, aux]),
    }


def _bent(got: list[Array], right: list[Array]) -> bool:
    """Whether one of the outputs, or both, are right but for a ReLU."""
    return all(
        np.allclose(x, y, atol=1e-4) or np.allclose(x, relu(y), atol=1e-4) for x, y in zip(got, right, strict=True)
    )


@check("WideAndDeepV4 returns the main and the auxiliary output", points=2)
def v4_outputs(student: Student, inputs: Inputs) -> None:
    for _ in range(2):
        size = sizes(inputs)
        X_wide, X_deep, w = smooth_case(inputs, size)
        network = new(student, size)
        load(network, w)
        answer = network.forward(X_wide, X_deep)
        is_pair = isinstance(answer.value, list | tuple) and len(answer.value) == 2
        joined = isinstance(answer.value, Tensor) and 2 in answer.value.shape
        one = isinstance(answer.value, Tensor) and not joined
        expect.that(
            is_pair,
            f"{answer.question} returned {show(answer.value)}; expected a pair of tensors of shape {(len(X_wide), 1)}.",
            mistake=IN_ONE if joined else ONE_OUTPUT if one else None,
        )
        expect.close(
            answer,
            truth(X_wide, X_deep, w),
            atol=1e-4,
            mistakes=outputs_of_mistakes(X_wide, X_deep, w),
        )


TRAINING = {
    "backward through the graph a second time": AGAIN,
    "'tuple' object": PAIR,
    "values to unpack": FIXED_PAIR,
}
"""Words of a message → what they mean in a training loop here, for whichever of our models it runs on."""


@check("train_aux() leads a network with two outputs where three correct epochs lead it", points=2)
def train_two_outputs(student: Student, inputs: Inputs) -> None:
    with expect.explained(TRAINING):
        train(student, setup(inputs, 2, 0.2), 0.2)
        # This loss tells an output from a target, so that the wrong way round shows.
        to_run = setup(inputs, 2, 0.2, loss="BCEWithLogitsLoss")
        train(student, to_run, 0.2, by_default=student.device == "cpu")


AUX_JUDGED = "You evaluated the auxiliary output, which is for training only: evaluate the main output."
MEAN_JUDGED = "That is the mean of both outputs' metrics: evaluate the main output only."
OUTPUTS_AVERAGED = "That is the metric of the mean of the two outputs: evaluate the main output only."
ARGUMENTS_TURNED = "You swapped the metric's arguments: it takes the predictions first, then the targets."
SUMMED = "That is the sum over the batches: divide by their number."
LAST_BATCH = "You used the last batch only: take the mean over all batches."
BY_SAMPLES = "You weighted the batches by size, but here each counts the same: divide the sum by the number of batches."
IN_TRAIN_MODE = "You evaluated the model in train mode: call model.eval() first."
GRAPH = "Your answer still requires grad, and keeps the graph in memory: evaluate inside torch.no_grad()."


@dataclass(frozen=True)
class Evaluation:
    """What evaluate_main() is asked about, and what the right answer and each mistake's are."""

    plan: dict[str, Any]
    state: dict[str, Array]
    batches: tuple[training_loops.Batch, ...]
    power: float
    truth: float
    mistakes: dict[str, float]

    @property
    def telling(self) -> bool:
        """Whether the right answer and each mistake's are all told apart: by at least 1 % of the right one."""
        outcomes = sorted([self.truth, *self.mistakes.values()])
        return all(other - one > 0.01 * abs(self.truth) for one, other in pairwise(outcomes))


def evaluation(inputs: Inputs, n_inputs: int, rows: tuple[int, ...], power: float, *, norm: bool) -> Evaluation:
    """A telling case: batches of so many rows, and, with `norm`, a network with BatchNorm that has seen other data."""
    drawn = plan(("a", "b", "c")[:n_inputs], norm=norm)
    while True:
        state = training_loops.initial_state(inputs, drawn, builder="branched")
        for name in state:
            if name.endswith(("running_mean", "running_var")):
                state[name] = 1 + np.abs(inputs.normal(*state[name].shape))
        case = _evaluated(drawn, state, batches(inputs, n_inputs, rows), power)
        if case.telling:
            return case


def _evaluated(
    drawn: dict[str, Any], state: dict[str, Array], seen: tuple[training_loops.Batch, ...], power: float
) -> Evaluation:
    def metric(prediction: Array, target: Array) -> float:
        return float((np.abs(2 * prediction - target) ** power).mean())

    parts = judged(drawn, state, seen, training=False)
    right = [metric(main, y) for main, _, y in parts]
    rows = [len(y) for *_, y in parts]
    known: dict[str, Any] = {
        AUX_JUDGED: np.mean([metric(aux, y) for _, aux, y in parts]),
        MEAN_JUDGED: np.mean([metric(main, y) + metric(aux, y) for main, aux, y in parts]) / 2,
        OUTPUTS_AVERAGED: np.mean([metric((main + aux) / 2, y) for main, aux, y in parts]),
        ARGUMENTS_TURNED: np.mean([metric(y, main) for main, _, y in parts]),
        SUMMED: sum(right),
        LAST_BATCH: right[-1],
    }
    if len(set(rows)) > 1:
        known[BY_SAMPLES] = np.average(right, weights=rows)
    if any(name.endswith("running_mean") for name in state):
        in_train_mode = judged(drawn, state, seen, training=True)
        known[IN_TRAIN_MODE] = np.mean([metric(main, y) for main, _, y in in_train_mode])
    mistakes = {sentence: float(value) for sentence, value in known.items()}
    return Evaluation(drawn, state, seen, power, float(np.mean(right)), mistakes)


def expect_evaluation(student: Student, case: Evaluation, *, in_no_graph: bool = False) -> Handle:
    """The answer is the mean over the batches of a metric of the main output, in eval mode; the model after it.

    `in_no_graph`: whether it is asked for its flag, too, which the worker can only witness.
    """
    model = student.make("watched", model_of(student, case.plan, case.state), called="model")
    loader = student.make("batches", list(case.batches), student.device, called="loader")
    metric = student.make("lopsided", case.power, called="metric")
    with expect.explained({"'tuple'": PAIR, "values to unpack": FIXED_PAIR}):
        answer = student.evaluate_main(model, loader, metric)
    expect.that(
        not (in_no_graph and isinstance(answer.value, Tensor) and answer.value.requires_grad),
        f"{answer.question} returned a tensor that requires grad.",
        mistake=GRAPH,
    )
    expect.number(answer)
    expect.close(answer, case.truth, rtol=1e-4, mistakes=case.mistakes)
    return model


@check("evaluate_main() evaluates the main output", points=1)
def evaluates_main(student: Student, inputs: Inputs) -> None:
    expect_evaluation(student, evaluation(inputs, 2, (4, 4, 4), 1.0, norm=False))
