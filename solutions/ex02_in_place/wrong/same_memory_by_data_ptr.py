# fails: pairs — "a view may begin further in"
import torch


def out_of_place(op, x):
    return getattr(torch, op)(x)


def in_place(op, x):
    return getattr(torch, op + "_")(x)


def same_memory(a, b):
    return a.data_ptr() == b.data_ptr()
