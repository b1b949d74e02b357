# Dynamo's own counters, cleared; sizes that are dynamic from the start
import torch
from torch._dynamo.utils import counters


def compiled(model, backend):
    return torch.compile(model, backend=backend, dynamic=True)


@torch.inference_mode()
def max_gap(model, other, X):
    return max(abs(a - b) for a, b in zip(model(X).flatten().tolist(), other(X).flatten().tolist()))


def count_breaks(fn, example):
    torch._dynamo.reset()
    counters.clear()
    torch.compile(fn, backend="eager")(example)
    return sum(counters["graph_break"].values())


def plain_state(compiled_model):
    return {name.replace("_orig_mod.", "", 1): tensor.clone() for name, tensor in compiled_model.state_dict().items()}
