"""What lab05's MLP computes, in float64: the truth, and what each usual mistake gives."""

from __future__ import annotations

from typing import Any

import numpy as np

Array = np.ndarray[Any, Any]

BELOW_ZERO = "Your model cannot predict numbers below 0: leave out the ReLU after the output layer."
ONE_LINE = "Both ReLUs are missing: without them, three linear layers amount to a single one."
NO_FIRST = "The ReLU after the first hidden layer is missing."
NO_SECOND = "The ReLU after the second hidden layer is missing."
AT_INPUT = "You put the inputs through a ReLU: their negative values carry information, too."
SOFTMAX = "Leave out the softmax: over a single output it is always 1."
SIGMOID = "Your hidden layers use a sigmoid: use ReLU."
TANH = "Your hidden layers use tanh: use ReLU."
SQUASHED = "Your output goes through a sigmoid: leave it out, since a regression must be able to reach every number."


def relu(x: Array) -> Array:
    """max(x, 0), elementwise."""
    result: Array = np.maximum(x, 0)
    return result


def sigmoid(x: Array) -> Array:
    """1 / (1 + exp(-x)), elementwise."""
    result: Array = 1 / (1 + np.exp(-x))
    return result


def identity(x: Array) -> Array:
    """x."""
    return x


def mlp(x: Array, weights: list[Array], first: Any = relu, second: Any = relu, last: Any = identity) -> Array:
    """An MLP's output in float64: three linear layers (weight, bias, …), each with what follows it."""
    w1, b1, w2, b2, w3, b3 = (value.astype("float64") for value in weights)
    hidden = second(first(x.astype("float64") @ w1.T + b1) @ w2.T + b2)
    result: Array = last(hidden @ w3.T + b3)
    return result


def mistaken_outputs(x: Array, weights: list[Array]) -> dict[str, Array]:
    """Sentence → what this mistake gives."""
    return {
        BELOW_ZERO: mlp(x, weights, last=relu),
        ONE_LINE: mlp(x, weights, identity, identity),
        NO_FIRST: mlp(x, weights, first=identity),
        NO_SECOND: mlp(x, weights, second=identity),
        AT_INPUT: mlp(relu(x), weights),
        SOFTMAX: np.ones((len(x), 1)),
        SIGMOID: mlp(x, weights, sigmoid, sigmoid),
        TANH: mlp(x, weights, np.tanh, np.tanh),
        SQUASHED: mlp(x, weights, last=sigmoid),
    }
