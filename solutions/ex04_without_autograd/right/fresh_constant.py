# right: a copy that never required grad
import torch


def way_1(fn, x):
    return fn(torch.tensor(x.tolist()))


def way_2(fn, x):
    with torch.inference_mode():
        return fn(x)


def way_3(fn, x):
    return fn(x.detach())
