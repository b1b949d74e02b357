# fails: x_as_before, switch_as_before — "for the rest of the program"
import torch


def way_1(fn, x):
    torch.set_grad_enabled(False)
    return fn(x)


def way_2(fn, x):
    with torch.inference_mode():
        return fn(x)


def way_3(fn, x):
    return fn(x.detach())
