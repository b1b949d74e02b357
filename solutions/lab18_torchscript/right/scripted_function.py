"""The loop in a function that is scripted by itself; torch.load, which hands such archives to torch.jit.load."""

import torch
from torch import nn


@torch.jit.script
def within(x, limit: float):
    largest = float(x.abs().max())
    factor = 1.0
    while largest * factor > limit:
        factor /= 2
    return x * factor


class Halver(nn.Module):
    def __init__(self, limit):
        super().__init__()
        self.limit = limit

    def forward(self, x):
        return within(x, self.limit)


def to_torchscript(model, example):
    return torch.jit.script(model.eval(), example_inputs=[(example,)])


def save_ts(ts, path):
    with open(path, "wb") as file:
        torch.jit.save(ts, file)


def load_ts(path):
    return torch.load(path, weights_only=False)


def optimized(ts):
    return torch.jit.optimize_for_inference(torch.jit.freeze(ts.eval()))
