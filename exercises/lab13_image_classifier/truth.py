"""What the answers of lab13 are, and what its mistakes would give; NumPy, in float64."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise
from typing import Any

import numpy as np

# Imported while the sandbox imports its own: models run here, too.
import torch
import torch._dynamo

from grader import Inputs, apparatus, difference, torch_here
from grader import training_loops as loops

Array = np.ndarray[Any, Any]
Weights = list[tuple[Array, Array]]

TELLING = 0.01
MARGIN = 1e-3
"""How far the largest logit is above the next, at least: float32 on another machine does not turn them around."""

SOFTMAX = "CrossEntropyLoss applies the softmax itself: leave it out, and return the logits."
LOG_SOFTMAX = (
    "Those are log-probabilities, which NLLLoss would take: return the logits, CrossEntropyLoss does the rest."
)
RELU_ON_LOGITS = "ReLU on the logits: no class could be unlikely. After the last linear layer comes nothing."
NO_RELU = "Without ReLU the layers make one linear function: put it after both hidden layers."
ONE_RELU = "One ReLU is missing: it belongs after both hidden layers."

SHARES_AVERAGED = "The batches' accuracies are averaged, whatever their sizes: count right ones and images over all."
COUNTED = "That is the number of right ones: divide it by the number of images."
ERRORS = "That is the share of wrong ones."
PERCENT = "That is in percent: a share is between 0 and 1."
BY_BATCHES = "The right ones are divided by the number of batches: divide by the number of images."
LAST = "That is the last batch alone: go through all of them."
FIRST = "That is the first batch alone: go through all of them."


def relu(x: Array) -> Array:
    """max(x, 0)."""
    result: Array = np.maximum(x, 0)
    return result


def same(x: Array) -> Array:
    """x."""
    return x


def logits(
    images: Array,
    weights: Weights,
    first: Callable[[Array], Array] = relu,
    second: Callable[[Array], Array] = relu,
) -> Array:
    """What an ImageClassifier with these weights gives; other activations are mistakes."""
    x: Array = images.reshape(len(images), -1).astype("float64")
    for (w, b), activation in zip(weights, (first, second, same), strict=True):
        x = activation(x @ w.T + b)
    return x


def softmax(z: Array) -> Array:
    """The probabilities."""
    powers = np.exp(z - z.max(axis=1, keepdims=True))
    result: Array = powers / powers.sum(axis=1, keepdims=True)
    return result


def mistaken_logits(images: Array, weights: Weights) -> dict[str, Any]:
    """Sentence → what this mistake makes of the images, or a predicate."""
    right = logits(images, weights)
    return {
        SOFTMAX: softmax(right),
        LOG_SOFTMAX: np.log(softmax(right)),
        RELU_ON_LOGITS: relu(right),
        NO_RELU: logits(images, weights, same, same),
        ONE_RELU: lambda got: any(
            difference(got, logits(images, weights, *ways)) is None for ways in ((relu, same), (same, relu))
        ),
    }


def random_weights(inputs: Inputs, sizes: Sequence[int]) -> Weights:
    """Weights and biases of linear layers between these sizes, which are all different."""
    return [
        (inputs.normal(n_out, n_in) / np.float32(n_in**0.5), inputs.normal(n_out)) for n_in, n_out in pairwise(sizes)
    ]


@dataclass(frozen=True)
class Task:
    """A model in a known state, and batches of images (n, 1, h, w) and classes (n,)."""

    layers: Any
    state: dict[str, Array]
    batches: tuple[tuple[Array, Array], ...]
    training: bool = True

    def outputs(self, *, training: bool = False) -> list[Array]:
        """The logits for each batch, in eval mode unless said otherwise."""
        with torch_here.one_thread(), torch.no_grad():
            model = apparatus.model(self.layers, self.state, training)
            return [model(torch.from_numpy(x)).numpy() for x, _ in self.batches]

    def right(self, *, training: bool = False) -> list[Array]:
        """For each batch which images are classified rightly."""
        outputs = self.outputs(training=training)
        return [z.argmax(1) == y for z, (_, y) in zip(outputs, self.batches, strict=True)]

    def clear(self) -> bool:
        """Whether no two classes are nearly as probable."""
        top = np.sort(np.concatenate(self.outputs()), axis=1)[:, -2:]
        return bool((top[:, 1] - top[:, 0]).min() > MARGIN)


def mistaken_shares(right: list[Array]) -> dict[str, float]:
    """Sentence → the accuracy that this mistake gives."""
    each = [float(batch.mean()) for batch in right]
    everything = np.concatenate(right)
    count = float(everything.sum())
    return {
        SHARES_AVERAGED: float(np.mean(each)),
        COUNTED: count,
        ERRORS: 1 - count / len(everything),
        PERCENT: 100 * count / len(everything),
        BY_BATCHES: count / len(right),
        LAST: each[-1],
        FIRST: each[0],
    }


def share(right: list[Array]) -> float:
    """The accuracy over all batches."""
    return float(np.concatenate(right).mean())


def apart(values: Sequence[float]) -> bool:
    """Whether these numbers are all told apart."""
    return all(abs(one - other) > TELLING * max(abs(one), abs(other)) for one, other in combinations(values, 2))


def state_of(inputs: Inputs, layers: Any) -> dict[str, Array]:
    """Random parameters; BatchNorm's averages are those of no batch."""
    state: dict[str, Array] = loops.initial_state(inputs, layers)
    for name, value in state.items():
        if name.endswith("running_mean"):
            state[name] = inputs.normal(*value.shape)
        if name.endswith("running_var"):
            state[name] = inputs.uniform(*value.shape, low=0.3, high=3.0)
    return state


def labelled(
    inputs: Inputs, layers: Any, sizes: Sequence[int], size: tuple[int, int], wrong: Sequence[float] = ()
) -> Task:
    """A task whose classes are the model's own, but for the given part of each batch, where they are other ones."""
    state = state_of(inputs, layers)
    images = [inputs.uniform(n, 1, *size) for n in sizes]
    unlabelled = Task(layers, state, tuple((x, np.zeros(len(x), "int64")) for x in images))
    batches = []
    for x, z, part in zip(images, unlabelled.outputs(), wrong or [0.5] * len(images), strict=True):
        other = 1 + np.floor(inputs.uniform(len(x), high=z.shape[1] - 1)).clip(0, z.shape[1] - 2)
        y = (z.argmax(1) + (inputs.uniform(len(x)) < part) * other) % z.shape[1]
        batches.append((x, y.astype("int64")))
    return Task(layers, state, tuple(batches))
