# right: both contexts as decorators
import torch


@torch.no_grad()
def way_1(fn, x):
    return fn(x)


@torch.inference_mode()
def way_2(fn, x):
    return fn(x)


def way_3(fn, x):
    return fn(x.detach())
