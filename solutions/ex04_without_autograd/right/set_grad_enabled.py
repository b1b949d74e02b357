# right: the switch as a context
import torch


def way_1(fn, x):
    with torch.set_grad_enabled(False):
        result = fn(x)
    return result


def way_2(fn, x):
    with torch.inference_mode():
        return fn(x)


def way_3(fn, x):
    return fn(x.detach())
