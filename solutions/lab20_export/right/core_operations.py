"""The graph broken down to core operations, and a mask."""

import torch
from torch import nn
from torch.export import Dim, ExportedProgram


def export(model: nn.Module, example: torch.Tensor) -> ExportedProgram:
    model.eval()
    example = example.expand(max(2, len(example)), *example.shape[1:])
    rows = Dim("rows", min=1)
    return torch.export.export(model, (example,), dynamic_shapes=({0: rows},)).run_decompositions({})


def run(program: ExportedProgram, X: torch.Tensor) -> torch.Tensor:
    module = program.module()
    return module(X).detach()


def save_ep(program: ExportedProgram, path: str) -> None:
    torch.export.save(program, path, extra_files={"note.txt": "the program of lab 20"})


def load_ep(path: str) -> ExportedProgram:
    return torch.export.load(path, extra_files={"note.txt": ""})


class BranchFree(nn.Module):
    def __init__(self, t: float, a: float, b: float) -> None:
        super().__init__()
        self.t, self.a, self.b = t, a, b

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        g = (x.sum() > self.t).float()
        return g * (x * self.a) + (1 - g) * (x - self.b)
