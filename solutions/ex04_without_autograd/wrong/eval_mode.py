# fails: values_1 — "object has no attribute"
import torch


def way_1(fn, x):
    x.eval()
    return fn(x)


def way_2(fn, x):
    with torch.inference_mode():
        return fn(x)


def way_3(fn, x):
    return fn(x.detach())
