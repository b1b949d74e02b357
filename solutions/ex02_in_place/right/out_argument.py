import torch


def out_of_place(op, x):
    return getattr(torch, op)(x)


def in_place(op, x):
    if op == "relu":
        return torch.clamp(x, min=0, out=x)
    return getattr(torch, op)(x, out=x)


def same_memory(a, b):
    return torch._C._is_alias_of(a, b)
