"""Lab 20: torch.export makes a program of a model, which runs where the model's code is not.

    export(model, example)   a torch.export.ExportedProgram of the model in eval mode, for batches of any size
    run(program, X)          what the program computes for the batch X
    save_ep(program, path)   writes the program into the file `path`
    load_ep(path)            the ExportedProgram in such a file
    BranchFree(t, a, b)      a module that computes what Gate(t, a, b) does, and can be exported

A model here takes one tensor, whose dimension 0 counts the rows of the batch, and gives another. Gate is for you to try
things on; the checks use their own copy, and other models.
"""

import torch
from torch import nn
from torch.export import ExportedProgram


class Gate(nn.Module):
    """x * a where the sum of all numbers in x is above t, else x - b; x has the shape (rows, n)."""

    def __init__(self, t: float, a: float, b: float) -> None:
        super().__init__()
        self.t, self.a, self.b = t, a, b

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        if x.sum() > self.t:
            return x * self.a
        return x - self.b


def export(model: nn.Module, example: torch.Tensor) -> ExportedProgram:
    raise NotImplementedError


def run(program: ExportedProgram, X: torch.Tensor) -> torch.Tensor:
    raise NotImplementedError


def save_ep(program: ExportedProgram, path: str) -> None:
    raise NotImplementedError


def load_ep(path: str) -> ExportedProgram:
    raise NotImplementedError


class BranchFree(nn.Module):
    def __init__(self, t: float, a: float, b: float) -> None:
        super().__init__()
        raise NotImplementedError

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        raise NotImplementedError
