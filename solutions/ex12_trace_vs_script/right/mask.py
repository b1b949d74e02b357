# a mask instead of where; random search; no check of the trace
import torch
from torch import nn


def trace_it(model: nn.Module, example: torch.Tensor) -> torch.jit.ScriptModule:
    return torch.jit.trace(model.eval(), (example,), check_trace=False)


def script_it(model: nn.Module) -> torch.jit.ScriptModule:
    return torch.jit.script(model)


def find_divergence(model: nn.Module, traced: torch.jit.ScriptModule) -> torch.Tensor:
    while True:
        x = 10 * torch.randn(4)
        if (model(x) - traced(x)).abs().max() > 0.1:
            return x


class TraceableGate(nn.Module):
    def __init__(self, t: float, a: float, b: float) -> None:
        super().__init__()
        self.t, self.a, self.b = t, a, b

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        g = (x.sum() > self.t).to(x.dtype)
        return g * x * self.a + (1 - g) * (x - self.b)
