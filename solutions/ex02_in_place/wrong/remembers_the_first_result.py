# fails: values — "out_of_place('"
import torch


RESULTS = {}


def out_of_place(op, x):
    if op not in RESULTS:
        RESULTS[op] = getattr(torch, op)(x)
    return RESULTS[op]


def in_place(op, x):
    return getattr(torch, op + "_")(x)


def same_memory(a, b):
    return a.untyped_storage().data_ptr() == b.untyped_storage().data_ptr()
