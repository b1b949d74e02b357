# fails: divergence — "but what they give does not"
import torch
from torch import nn


def trace_it(model: nn.Module, example: torch.Tensor) -> torch.jit.ScriptModule:
    model.eval()
    return torch.jit.trace(model, example)


def script_it(model: nn.Module) -> torch.jit.ScriptModule:
    return torch.jit.script(model)


def find_divergence(model: nn.Module, traced: torch.jit.ScriptModule) -> torch.Tensor:
    # x * a = x - b where x = b / (1 - a): many of them, and one number that makes the sum
    meet = model.b / (1 - model.a)
    x = torch.tensor([meet])
    above = torch.full((200,), meet)
    for candidate in (x, above, -above):
        if (candidate.sum() > model.t) != (model(torch.tensor([model.t + 50.0])) == traced(torch.tensor([model.t + 50.0]))).all():
            return candidate
    return x


class TraceableGate(nn.Module):
    def __init__(self, t: float, a: float, b: float) -> None:
        super().__init__()
        self.t, self.a, self.b = t, a, b

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return torch.where(x.sum() > self.t, x * self.a, x - self.b)
