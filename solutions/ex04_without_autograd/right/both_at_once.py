# right: belt and braces: the outermost mechanism counts
import torch


def way_1(fn, x):
    with torch.no_grad():
        return fn(x.detach()).detach()


def way_2(fn, x):
    with torch.inference_mode():
        return fn(x)


def way_3(fn, x):
    y = x.detach()
    return fn(y).requires_grad_(False)
