# right: x itself is told not to require grad, for a while
import torch


def way_1(fn, x):
    with torch.no_grad():
        return fn(x)


def way_2(fn, x):
    x.requires_grad_(False)
    try:
        return fn(x)
    finally:
        x.requires_grad_(True)


def way_3(fn, x):
    return fn(x.detach())
