"""Runs in a worker: models with a branch and with a loop, TorchScript as bytes, and bytes as TorchScript."""

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


def scripted(model: nn.Module, training: bool = False) -> torch.jit.ScriptModule:
    """A model as TorchScript, in that mode."""
    return torch.jit.script(model.train(training))


def torchscript_works() -> bool:
    """Whether this torch makes, saves, loads and freezes TorchScript."""
    try:
        made = torch.jit.load(io.BytesIO(_saved(torch.jit.script(nn.ReLU().eval()))))
        return bool((torch.jit.freeze(made)(-torch.ones(2)) == 0).all())
    except Exception:
        return False


def torchscript_bytes(thing: Any) -> bytes | None:
    """TorchScript as a file holds it; None if this is no such module."""
    return _saved(thing) if isinstance(thing, torch.jit.ScriptModule) else None


def _saved(thing: torch.jit.ScriptModule) -> bytes:
    buffer = io.BytesIO()
    torch.jit.save(thing, buffer)
    return buffer.getvalue()


def torchscript_in(path: str) -> torch.jit.ScriptModule:
    """The TorchScript in a file. No Python runs while it is opened."""
    return torch.jit.load(path)


def parameter_count(of: torch.jit.ScriptModule) -> int:
    """How many parameters and buffers a module has."""
    return len([*of.parameters(), *of.buffers()])


def is_random_in_eval_mode(of: torch.jit.ScriptModule, x: torch.Tensor) -> bool:
    """Whether two answers to the same x differ after eval()."""
    of.eval()
    return not torch.equal(of(x), of(x))
