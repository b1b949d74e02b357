# fails: values, overwriting — "getattr(x, op) finds"
import torch


def out_of_place(op, x):
    return getattr(torch, op)(x)


def in_place(op, x):
    return getattr(torch, "_" + op)(x)


def same_memory(a, b):
    return a.untyped_storage().data_ptr() == b.untyped_storage().data_ptr()
