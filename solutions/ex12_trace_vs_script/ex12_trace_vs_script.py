"""Reference solution of exercise 12."""

import torch
from torch import nn


def trace_it(model: nn.Module, example: torch.Tensor) -> torch.jit.ScriptModule:
    # Before the recording: a Dropout that was recorded in train mode goes on dropping.
    model.eval()
    return torch.jit.trace(model, example)


def script_it(model: nn.Module) -> torch.jit.ScriptModule:
    return torch.jit.script(model)


def find_divergence(model: nn.Module, traced: torch.jit.ScriptModule) -> torch.Tensor:
    # A single number is its own sum, so it chooses the branch: of these, some are on the side of t that was not recorded.
    candidates = model.t + torch.randn(100)
    return max(candidates, key=lambda x: (model(x) - traced(x)).abs())


class TraceableGate(nn.Module):
    def __init__(self, t: float, a: float, b: float) -> None:
        super().__init__()
        self.t, self.a, self.b = t, a, b

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        # Both branches are computed, and a tensor, not Python, chooses: so the choice is recorded.
        return torch.where(x.sum() > self.t, x * self.a, x - self.b)
