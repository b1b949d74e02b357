"""Lab 18: a model as TorchScript, which is saved with its code and runs without Python.

    to_torchscript(model, example)   the model in eval mode as a ScriptModule, with all its branches and loops
    save_ts(ts, path)                writes it into the file `path`
    load_ts(path)                    the ScriptModule in such a file
    optimized(ts)                    the same computation, made ready for inference
    Halver(limit)                    a module that halves a tensor until no number in it lies beyond ±limit

A model here takes one float32 tensor (rows, …), and gives another. Warnings that TorchScript is deprecated are true, and
do not matter here.
"""

import torch
from torch import nn


def to_torchscript(model: nn.Module, example: torch.Tensor) -> torch.jit.ScriptModule:
    raise NotImplementedError


def save_ts(ts: torch.jit.ScriptModule, path: str) -> None:
    raise NotImplementedError


def load_ts(path: str) -> torch.jit.ScriptModule:
    raise NotImplementedError


def optimized(ts: torch.jit.ScriptModule) -> torch.jit.ScriptModule:
    raise NotImplementedError


class Halver(nn.Module):
    def __init__(self, limit: float) -> None:
        super().__init__()
        raise NotImplementedError

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        raise NotImplementedError
