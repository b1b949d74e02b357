# fails: values, overwriting — "in_place('"
import torch


def out_of_place(op, x):
    return getattr(torch, op)(x)


def in_place(op, x):
    x += getattr(torch, op)(x)
    return x


def same_memory(a, b):
    return a.untyped_storage().data_ptr() == b.untyped_storage().data_ptr()
