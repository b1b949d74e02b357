# fails: divergence — "It was found for another t, but not for this one"
import torch
from torch import nn


def trace_it(model: nn.Module, example: torch.Tensor) -> torch.jit.ScriptModule:
    model.eval()
    return torch.jit.trace(model, example)


def script_it(model: nn.Module) -> torch.jit.ScriptModule:
    return torch.jit.script(model)


def find_divergence(model: nn.Module, traced: torch.jit.ScriptModule) -> torch.Tensor:
    # The square of t is above t, unless t is between 0 and 1.
    above, below = torch.tensor([model.t**2]), torch.tensor([model.t - 1])
    return above if not torch.allclose(model(above), traced(above)) else below


class TraceableGate(nn.Module):
    def __init__(self, t: float, a: float, b: float) -> None:
        super().__init__()
        self.t, self.a, self.b = t, a, b

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return torch.where(x.sum() > self.t, x * self.a, x - self.b)
