# a function that is scripted while something traces; the mode is put back
import torch
from torch import nn


@torch.jit.script_if_tracing
def choose(x: torch.Tensor, t: float, a: float, b: float) -> torch.Tensor:
    if x.sum() > t:
        return x * a
    else:
        return x - b


def trace_it(model: nn.Module, example: torch.Tensor) -> torch.jit.ScriptModule:
    before = model.training
    model.eval()
    try:
        return torch.jit.trace(model, example)
    finally:
        model.train(before)


def script_it(model: nn.Module) -> torch.jit.ScriptModule:
    return torch.jit.script(model)


def find_divergence(model: nn.Module, traced: torch.jit.ScriptModule) -> torch.Tensor:
    above = abs(model.t) + torch.tensor([[5.0, 6.0], [7.0, 8.0]])
    return above if (model(above) - traced(above)).abs().sum() > 1e-3 else -above


class TraceableGate(nn.Module):
    def __init__(self, t: float, a: float, b: float) -> None:
        super().__init__()
        self.t, self.a, self.b = t, a, b

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return choose(x, self.t, self.a, self.b)
