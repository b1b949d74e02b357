# fails: values_1 — "That is a function"
import torch


def way_1(fn, x):
    return torch.no_grad(fn(x))


def way_2(fn, x):
    with torch.inference_mode():
        return fn(x)


def way_3(fn, x):
    return fn(x.detach())
