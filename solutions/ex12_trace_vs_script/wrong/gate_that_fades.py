# fails: traceable — "values are wrong"
import torch
from torch import nn


def trace_it(model: nn.Module, example: torch.Tensor) -> torch.jit.ScriptModule:
    model.eval()
    return torch.jit.trace(model, example)


def script_it(model: nn.Module) -> torch.jit.ScriptModule:
    return torch.jit.script(model)


def find_divergence(model: nn.Module, traced: torch.jit.ScriptModule) -> torch.Tensor:
    for distance in range(1, 10):
        for x in (torch.tensor([model.t + distance]), torch.tensor([model.t - distance])):
            if not torch.allclose(model(x), traced(x), rtol=1e-2, atol=1e-2):
                return x
    raise ValueError("The recording agrees with the model everywhere.")


class TraceableGate(nn.Module):
    def __init__(self, t: float, a: float, b: float) -> None:
        super().__init__()
        self.t, self.a, self.b = t, a, b

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        g = torch.sigmoid(50 * (x.sum() - self.t))
        return g * x * self.a + (1 - g) * (x - self.b)
