# fails: x_as_before — "You changed the caller's variable"
import torch


def way_1(fn, x):
    with torch.no_grad():
        return fn(x)


def way_2(fn, x):
    with torch.inference_mode():
        return fn(x)


def way_3(fn, x):
    x.requires_grad = False
    return fn(x)
