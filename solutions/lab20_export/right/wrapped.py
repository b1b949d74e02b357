"""A wrapper whose argument has a name, and shapes that are said by that name."""

import copy

import torch
from torch import nn


class Wrapper(nn.Module):
    def __init__(self, model):
        super().__init__()
        self.model = copy.deepcopy(model).eval().requires_grad_(False)

    def forward(self, batch):
        return self.model(batch)


def export(model, example):
    if example.shape[0] < 2:
        example = torch.zeros((2, *example.shape[1:]))
    size = torch.export.Dim("size", min=0, max=1_000_000)
    return torch.export.export(Wrapper(model), (example,), dynamic_shapes={"batch": {0: size}})


def run(program, X):
    return program.module()(X)


def save_ep(program, path):
    torch.export.save(program, f=path)


def load_ep(path):
    return torch.export.load(f=path)


class BranchFree(nn.Module):
    def __init__(self, t, a, b):
        super().__init__()
        self.t, self.a, self.b = (nn.Parameter(torch.tensor(number)) for number in (t, a, b))

    def forward(self, x):
        return (x * self.a).where(x.sum().gt(self.t), x - self.b)
