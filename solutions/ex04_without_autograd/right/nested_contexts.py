# right: the switch is on again outside, off inside
import torch


def way_1(fn, x):
    with torch.enable_grad():
        with torch.no_grad():
            return fn(x)


def way_2(fn, x):
    with torch.inference_mode():
        return fn(x)


def way_3(fn, x):
    return fn(x.detach())
