"""Reference solution of lab 20."""

import torch
from torch import nn
from torch.export import Dim, ExportedProgram


def export(model: nn.Module, example: torch.Tensor) -> ExportedProgram:
    if len(example) == 1:
        # A size of 1 broadcasts, so PyTorch takes it for a constant.
        example = torch.cat([example, example])
    return torch.export.export(model.eval(), (example,), dynamic_shapes=({0: Dim("rows")},))


def run(program: ExportedProgram, X: torch.Tensor) -> torch.Tensor:
    return program.module()(X)


def save_ep(program: ExportedProgram, path: str) -> None:
    torch.export.save(program, path)


def load_ep(path: str) -> ExportedProgram:
    return torch.export.load(path)


class BranchFree(nn.Module):
    def __init__(self, t: float, a: float, b: float) -> None:
        super().__init__()
        self.t, self.a, self.b = t, a, b

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        # Both branches are computed, and a tensor, not Python, chooses.
        return torch.where(x.sum() > self.t, x * self.a, x - self.b)
