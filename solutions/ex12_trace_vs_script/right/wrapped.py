# a trace of a wrapping function; torch.special forms; arithmetic with sign
from copy import deepcopy

import torch
from torch import nn


def trace_it(model: nn.Module, example: torch.Tensor) -> torch.jit.ScriptModule:
    return torch.jit.trace(deepcopy(model).eval(), example_inputs=example, strict=False)


def script_it(model: nn.Module) -> torch.jit.ScriptModule:
    return torch.jit.script(obj=model)


def find_divergence(model: nn.Module, traced: torch.jit.ScriptModule) -> torch.Tensor:
    candidates = [torch.tensor(model.t + s, requires_grad=True) for s in (3.0, -3.0, 4.5, -4.5)]
    return max(candidates, key=lambda x: float((model(x) - traced(x)).detach().abs()))


class TraceableGate(nn.Module):
    def __init__(self, t: float, a: float, b: float) -> None:
        super().__init__()
        self.t, self.a, self.b = t, a, b

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        gate = torch.heaviside(x.sum() - self.t, torch.zeros((), dtype=x.dtype, device=x.device))
        scale = 1 + gate * (self.a - 1)
        return scale * x - (1 - gate) * self.b
