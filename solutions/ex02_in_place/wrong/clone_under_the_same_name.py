# fails: overwriting — "You changed a copy"
import torch


def out_of_place(op, x):
    return getattr(torch, op)(x)


def in_place(op, x):
    x = x.clone()
    getattr(x, op + "_")()
    return x


def same_memory(a, b):
    return a.untyped_storage().data_ptr() == b.untyped_storage().data_ptr()
