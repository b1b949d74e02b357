"""Runs in the worker, beside the student's code: models with a branch and with a loop, and recordings of models.

What models compute is recomputed on the other side. What is TorchScript computes it also where no student's code runs.
"""

from __future__ import annotations

import io
import warnings
from typing import Any

import torch
from torch import nn

# The student reads the warnings about the student's own lines. These are about the version of torch, and about ours.
warnings.filterwarnings("ignore", module=r"torch\.jit")
warnings.filterwarnings("ignore", module="probes")


class Gate(nn.Module):
    """x * a where the sum of x is above t, else x - b."""

    def __init__(self, t: float, a: float, b: float) -> None:
        super().__init__()
        self.t, self.a, self.b = t, a, b

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        if x.sum() > self.t:
            return x * self.a
        return x - self.b


class RowLoop(nn.Module):
    """Each row is added to decay times what came before."""

    def __init__(self, decay: float) -> None:
        super().__init__()
        self.decay = decay

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        total = torch.zeros_like(x[0])
        for i in range(x.shape[0]):
            total = self.decay * total + x[i]
        return total


def gate(t: float, a: float, b: float) -> Gate:
    return Gate(t, a, b)


def row_loop(decay: float) -> RowLoop:
    return RowLoop(decay)


def placed(module: nn.Module, device: str) -> nn.Module:
    return module.to(device)


def recording(of: nn.Module, example: torch.Tensor) -> Any:
    """A trace of a module on this example, in eval mode."""
    return torch.jit.trace(of.eval(), example, check_trace=False)


def torchscript_bytes(thing: Any) -> bytes | None:
    """TorchScript, a module or a function, as a file holds it; None if this is none."""
    if not isinstance(thing, torch.jit.ScriptModule | torch.jit.ScriptFunction):
        return None
    buffer = io.BytesIO()
    torch.jit.save(thing, buffer)
    return buffer.getvalue()


def torchscript_in(path: str) -> torch.jit.ScriptModule:
    """The TorchScript in a file. No Python runs while it is opened."""
    return torch.jit.load(path)
