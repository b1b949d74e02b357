"""Runs in the worker, beside the student's code: what a model hides, and a model with a hook.

What is told of a model can be forged; it decides about sentences only.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from torch import nn

from grader import apparatus


def layers_in_containers(model: nn.Module) -> bool:
    """Whether modules lie in a Python list, tuple or dict of the model, where parameters() does not look."""

    def items(thing: Any) -> list[Any]:
        return list(thing.values()) if isinstance(thing, Mapping) else list(thing)

    plain = [value for name, value in vars(model).items() if not name.startswith("_")]
    containers = [value for value in plain if isinstance(value, list | tuple | Mapping)]
    return any(isinstance(item, nn.Module) for container in containers for item in items(container))


def hooked(layers: Sequence[Sequence[Any]], state: Mapping[str, Any], factor: float, device: str) -> nn.Module:
    """An nn.Sequential in this state; its output is multiplied by `factor`, by a hook that only a call runs."""
    model: nn.Module = apparatus.model(layers, state, device=device)
    model.register_forward_hook(lambda module, inputs, output: factor * output)
    return model
