# fails: x_as_before — "the numbers in x"
import torch


def way_1(fn, x):
    with torch.no_grad():
        return fn(x)


def way_2(fn, x):
    with torch.inference_mode():
        return fn(x)


def way_3(fn, x):
    result = fn(x.detach())
    x.data.zero_()
    return result
