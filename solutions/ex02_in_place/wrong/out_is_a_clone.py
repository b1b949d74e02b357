# fails: overwriting — "You changed a copy"
import torch


def out_of_place(op, x):
    return getattr(torch, op)(x)


def in_place(op, x):
    y = x.clone()
    return torch.clamp(x, min=0, out=y) if op == "relu" else getattr(torch, op)(x, out=y)


def same_memory(a, b):
    return a.untyped_storage().data_ptr() == b.untyped_storage().data_ptr()
