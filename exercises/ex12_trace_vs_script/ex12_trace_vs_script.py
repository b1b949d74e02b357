"""Exercise 12: torch.jit.trace records one run, torch.jit.script compiles the source.

    trace_it(model, example)         a recording of the model in eval mode, made with torch.jit.trace on this example
    script_it(model)                 the model compiled with torch.jit.script
    find_divergence(model, traced)   a tensor x on which a Gate and its recording differ: model(x) and traced(x) both run,
                                     and give different numbers
    TraceableGate(t, a, b)           a module that computes what Gate(t, a, b) does, and still does so once traced

Gate and RowLoop below are given, for you to try things on; the checks use their own copies, and other models, too. All
tensors are float32 unless you choose otherwise in find_divergence. You can ignore the warnings that
TorchScript is deprecated.
"""

import torch
from torch import nn


class Gate(nn.Module):
    """x * a where the sum of x is above t, else x - b; x has any shape."""

    def __init__(self, t: float, a: float, b: float) -> None:
        super().__init__()
        self.t, self.a, self.b = t, a, b

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        if x.sum() > self.t:
            return x * self.a
        return x - self.b


class RowLoop(nn.Module):
    """For x of shape (rows, n), a result of shape (n,): each row is added to decay times the total before it."""

    def __init__(self, decay: float) -> None:
        super().__init__()
        self.decay = decay

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        total = torch.zeros_like(x[0])
        for i in range(x.shape[0]):
            total = self.decay * total + x[i]
        return total


def trace_it(model: nn.Module, example: torch.Tensor) -> torch.jit.ScriptModule:
    raise NotImplementedError


def script_it(model: nn.Module) -> torch.jit.ScriptModule:
    raise NotImplementedError


def find_divergence(model: nn.Module, traced: torch.jit.ScriptModule) -> torch.Tensor:
    raise NotImplementedError


class TraceableGate(nn.Module):
    def __init__(self, t: float, a: float, b: float) -> None:
        super().__init__()
        raise NotImplementedError

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        raise NotImplementedError
