# right: fn itself is wrapped
import torch


def way_1(fn, x):
    return torch.no_grad()(fn)(x)


def way_2(fn, x):
    return torch.inference_mode()(lambda t: fn(t))(x)


def way_3(fn, x):
    return fn(x.clone().detach())
