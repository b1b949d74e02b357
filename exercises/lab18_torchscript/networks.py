"""Models that lab18 makes TorchScript of, and what they compute: the truth is NumPy's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from grader import Handle, Inputs, Student

Array = np.ndarray[Any, Any]


@dataclass(frozen=True)
class Network:
    """A small model that takes (rows, *shape).

    Attributes:
        layers: as `nn.Sequential` has them, each its class and its arguments.
        state: its state_dict, NumPy arrays.
        shape: of one row.
    """

    layers: tuple[tuple[Any, ...], ...]
    state: dict[str, Array]
    shape: tuple[int, ...]

    def __call__(self, x: Array) -> Array:
        """What it computes in eval mode for a batch."""
        for place, (name, *_) in enumerate(self.layers):
            match name:
                case "Linear":
                    x = x @ self.state[f"{place}.weight"].T + self.state[f"{place}.bias"]
                case "Flatten":
                    x = x.reshape(len(x), -1)
                case "Tanh":
                    x = np.tanh(x)
        return x

    def batch(self, inputs: Inputs, rows: int) -> Array:
        """Random rows for it."""
        return inputs.normal(rows, *self.shape)

    def placed(self, student: Student) -> Handle:
        """The same model in the student's worker, in train mode."""
        layers = [list(layer) for layer in self.layers]
        return student.make("model", layers, self.state, True, student.device, called="model")


def random_network(inputs: Inputs, *shape: int, drops: bool = False) -> Network:
    """A network with two linear layers and random weights, for rows of this shape; with Dropout if told so."""
    features, hidden, outputs = int(np.prod(shape)), *inputs.integers(2, 3, 9)
    layers: list[tuple[Any, ...]] = [("Flatten",)] if len(shape) > 1 else []
    layers += [("Linear", features, hidden), ("Tanh",), *([("Dropout", 0.5)] if drops else [])]
    layers += [("Linear", hidden, outputs)]
    state = {}
    for place, (name, *sizes) in enumerate(layers):
        if name == "Linear":
            state |= {f"{place}.weight": inputs.normal(*reversed(sizes)), f"{place}.bias": inputs.normal(sizes[1])}
    return Network(tuple(layers), state, shape)
