# right: a copy made while autograd was off
import torch


def way_1(fn, x):
    with torch.no_grad():
        return fn(x)


def way_2(fn, x):
    with torch.no_grad():
        copy = x.clone()
    return fn(copy)


def way_3(fn, x):
    return fn(x.detach())
