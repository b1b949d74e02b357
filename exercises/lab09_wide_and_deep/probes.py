"""Runs in the worker, beside the student's code: looks into a module. What it says can be forged."""

from __future__ import annotations

from typing import Any

from torch import nn


def hidden_layers(module: Any) -> bool:
    """Whether a module keeps layers in a Python list, tuple or dict, where nn.Module does not look for them."""
    own = set(vars(nn.Module()))
    kept = [value for name, value in vars(module).items() if name not in own]
    return any(isinstance(value, list | tuple | dict) and _holds_a_layer(value) for value in kept)


def _holds_a_layer(container: Any) -> bool:
    items = container.values() if isinstance(container, dict) else container
    return any(isinstance(item, nn.Module) for item in items)
