"""Runs in a worker: the gate, programs as bytes, and bytes as programs."""

from __future__ import annotations

import io
import os
from typing import Any

import torch
from torch import nn


class Gate(nn.Module):
    """x * a where the sum of x is above t, else x - b."""

    def __init__(self, t: float, a: float, b: float) -> None:
        super().__init__()
        self.t, self.a, self.b = t, a, b

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        if x.sum() > self.t:
            return x * self.a
        return x - self.b


def gate(t: float, a: float, b: float) -> Gate:
    return Gate(t, a, b)


def exported(module: nn.Module, example: torch.Tensor) -> Any:
    """A program of a module, for any number of rows."""
    return torch.export.export(module.eval(), (example,), dynamic_shapes=({0: torch.export.Dim("rows")},))


def program_bytes(thing: Any) -> bytes | None:
    """A program as a file holds it; None if that is no program."""
    if not isinstance(thing, torch.export.ExportedProgram):
        return None
    buffer = io.BytesIO()
    torch.export.save(thing, buffer)
    return buffer.getvalue()


def program_in(path: str) -> nn.Module:
    """The program in a file, ready to be called. Asked where none of the student's code runs."""
    # Or whatever cannot be read as data is unpickled, and may run code.
    os.environ["TORCH_FORCE_WEIGHTS_ONLY_LOAD"] = "1"
    return torch.export.load(path).module()
