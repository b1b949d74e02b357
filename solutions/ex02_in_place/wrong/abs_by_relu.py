# fails: values — "That is relu, not abs"
import torch


def out_of_place(op, x):
    if op == "abs":
        return x.clamp(min=0)
    return getattr(torch, op)(x)


def in_place(op, x):
    return getattr(torch, op + "_")(x)


def same_memory(a, b):
    return a.untyped_storage().data_ptr() == b.untyped_storage().data_ptr()
