# fails: values, overwriting — "was never applied"
import torch


def out_of_place(op, x):
    return getattr(torch, op)(x)


def in_place(op, x):
    for row in x:
        row = getattr(torch, op)(row)
    return x


def same_memory(a, b):
    return a.untyped_storage().data_ptr() == b.untyped_storage().data_ptr()
