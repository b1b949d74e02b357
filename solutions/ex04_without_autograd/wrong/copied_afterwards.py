# fails: untracked_3 — "Detached only after the graph was built"
import torch


def way_1(fn, x):
    with torch.no_grad():
        return fn(x)


def way_2(fn, x):
    with torch.inference_mode():
        return fn(x)


def way_3(fn, x):
    return torch.tensor(fn(x).tolist())
