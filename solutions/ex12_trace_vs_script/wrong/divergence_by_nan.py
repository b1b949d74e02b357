# fails: divergence — "both run, and disagree"
import torch
from torch import nn


def trace_it(model: nn.Module, example: torch.Tensor) -> torch.jit.ScriptModule:
    model.eval()
    return torch.jit.trace(model, example)


def script_it(model: nn.Module) -> torch.jit.ScriptModule:
    return torch.jit.script(model)


def find_divergence(model: nn.Module, traced: torch.jit.ScriptModule) -> torch.Tensor:
    return torch.full((3,), float("nan"))


class TraceableGate(nn.Module):
    def __init__(self, t: float, a: float, b: float) -> None:
        super().__init__()
        self.t, self.a, self.b = t, a, b

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return torch.where(x.sum() > self.t, x * self.a, x - self.b)
