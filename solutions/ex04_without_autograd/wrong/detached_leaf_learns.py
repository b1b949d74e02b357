# fails: x_as_before — "left alone"
import torch


def way_1(fn, x):
    with torch.no_grad():
        return fn(x)


def way_2(fn, x):
    with torch.inference_mode():
        return fn(x)


def way_3(fn, x):
    y = x.detach()
    x.grad = torch.zeros_like(x)
    return fn(y)
