"""Everything is frozen as soon as it is scripted."""

import torch
from torch import nn


def to_torchscript(model: nn.Module, example: torch.Tensor) -> torch.jit.ScriptModule:
    ts = torch.jit.script(model)
    ts.eval()
    return torch.jit.freeze(ts)


def save_ts(ts: torch.jit.ScriptModule, path: str) -> None:
    torch.jit.save(ts, path, _extra_files={"about": "lab 18"})


def load_ts(path: str) -> torch.jit.ScriptModule:
    return torch.jit.load(path).eval()


def optimized(ts: torch.jit.ScriptModule) -> torch.jit.ScriptModule:
    with torch.no_grad():
        return torch.jit.optimize_for_inference(ts.eval())


class Halver(nn.Module):
    limit: float

    def __init__(self, limit: float) -> None:
        super().__init__()
        self.limit = float(limit)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        while not bool((x.abs() <= self.limit).all()):
            x = 0.5 * x
        return x
