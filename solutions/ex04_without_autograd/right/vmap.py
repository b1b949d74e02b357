# right: vmap hands fn tensors of its own kind
import torch


def way_1(fn, x):
    with torch.no_grad():
        return torch.vmap(fn)(x) if x.dim() else fn(x)


def way_2(fn, x):
    with torch.inference_mode():
        return fn(x)


def way_3(fn, x):
    return fn(x.detach())
