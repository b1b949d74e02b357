"""A trace that calls a script: the script keeps its branches."""

import io

import torch
from torch import nn


class Outer(nn.Module):
    def __init__(self, inner):
        super().__init__()
        self.inner = inner

    def forward(self, x):
        return self.inner(x)


def to_torchscript(model, example):
    model.train(False)
    return torch.jit.trace(Outer(torch.jit.script(model)), (example,))


def save_ts(module, file_name):
    module.save(file_name)


def load_ts(file_name):
    with open(file_name, "rb") as file:
        return torch.jit.load(io.BytesIO(file.read()), map_location="cpu")


def optimized(module):
    return torch.jit.freeze(module.eval())


class Halver(nn.Module):
    def __init__(self, limit):
        super().__init__()
        self.register_buffer("limit", torch.tensor(limit))

    def forward(self, x):
        times = torch.ceil(torch.log2(x.abs().max() / self.limit)).clamp(min=0)
        return x / 2**times
