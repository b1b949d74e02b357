import torch


def out_of_place(op, x):
    return getattr(torch, op)(x)


def in_place(op, x):
    x.copy_(out_of_place(op, x))
    return x


def same_memory(a, b):
    return a.untyped_storage()._cdata == b.untyped_storage()._cdata
