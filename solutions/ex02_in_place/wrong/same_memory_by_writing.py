# fails: pairs — "to look, not to write"
import torch


def out_of_place(op, x):
    return getattr(torch, op)(x)


def in_place(op, x):
    return getattr(torch, op + "_")(x)


def same_memory(a, b):
    before = b.clone()
    a.zero_()
    return not torch.equal(b, before)
