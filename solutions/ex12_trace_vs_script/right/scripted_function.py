# a scripted function; numbers kept as buffers; an example of whole numbers diverges
import torch
from torch import nn


@torch.jit.script
def choose(x: torch.Tensor, t: torch.Tensor, a: torch.Tensor, b: torch.Tensor) -> torch.Tensor:
    return x * a if bool(x.sum() > t) else x - b


def trace_it(model: nn.Module, example: torch.Tensor) -> torch.jit.ScriptModule:
    model.eval()
    return torch.jit.trace(model, example)


def script_it(model: nn.Module) -> torch.jit.ScriptModule:
    return torch.jit.freeze(torch.jit.script(model.eval()))


def find_divergence(model: nn.Module, traced: torch.jit.ScriptModule) -> torch.Tensor:
    for n in range(1, 50):
        for x in (torch.full((n,), 6 + n), torch.full((n,), -6 - n)):
            if not torch.isclose(model(x).float(), traced(x).float(), atol=0.1).all():
                return x


class TraceableGate(nn.Module):
    def __init__(self, t: float, a: float, b: float) -> None:
        super().__init__()
        self.register_buffer("t", torch.tensor(t))
        self.register_buffer("a", torch.tensor(a))
        self.register_buffer("b", torch.tensor(b))

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        return choose(x, self.t, self.a, self.b)
