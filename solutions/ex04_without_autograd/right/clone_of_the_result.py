# right: the result is copied once more
import torch


def way_1(fn, x):
    with torch.no_grad():
        return fn(x).clone()


def way_2(fn, x):
    with torch.inference_mode():
        y = fn(x)
    return y.clone()


def way_3(fn, x):
    return fn(x.detach())
