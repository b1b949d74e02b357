# fails: pairs — "share one storage"
import torch


def out_of_place(op, x):
    return getattr(torch, op)(x)


def in_place(op, x):
    return getattr(torch, op + "_")(x)


def same_memory(a, b):
    return a is b or (a._base is not None and a._base is b._base)
