# both branches stacked, one picked by index; parameters; the forward is traced
import torch
from torch import nn


def trace_it(model: nn.Module, example: torch.Tensor) -> torch.jit.ScriptModule:
    return torch.jit.trace(model.eval().forward, example)


def script_it(model: nn.Module) -> torch.jit.ScriptModule:
    return torch.jit.script(model)


def find_divergence(model: nn.Module, traced: torch.jit.ScriptModule) -> torch.Tensor:
    with torch.no_grad():
        x = torch.zeros(3, dtype=torch.float64)
        for step in range(1, 100):
            for sign in (-1, 1):
                x[0] = sign * step / 2
                if torch.max(abs(model(x) - traced(x))) > 0.25:
                    return x


class TraceableGate(nn.Module):
    def __init__(self, t: float, a: float, b: float) -> None:
        super().__init__()
        self.t = nn.Parameter(torch.tensor(t))
        self.a = nn.Parameter(torch.tensor(a))
        self.b = nn.Parameter(torch.tensor(b))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        branches = torch.stack([x - self.b, x * self.a])
        return branches[torch.gt(x.sum(), self.t).long()]
