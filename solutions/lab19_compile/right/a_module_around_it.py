# a module of its own around the compiled one; a tensor without dimensions for the number
from collections import OrderedDict

import torch
from torch import nn


class Fast(nn.Module):
    def __init__(self, model, backend):
        super().__init__()
        self.fast = torch.compile(model, backend=backend, mode=None)

    def forward(self, X):
        return self.fast(X)


def compiled(model, backend):
    return Fast(model, backend)


def max_gap(model, other, X):
    return torch.max(torch.abs(torch.sub(model(X), other(X)))).double()


def count_breaks(fn, example):
    torch._dynamo.reset()
    output = torch._dynamo.explain(fn)(example.clone())
    return max(output.graph_count - 1, 0)


def plain_state(compiled_model):
    prefix = "_orig_mod."
    state = OrderedDict()
    for name, tensor in compiled_model.state_dict().items():
        state[name[len(prefix) :] if name.startswith(prefix) else name] = tensor
    return state
