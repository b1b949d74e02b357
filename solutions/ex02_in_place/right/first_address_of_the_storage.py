import torch


def out_of_place(op, x):
    return getattr(torch, op)(x)


def in_place(op, x):
    return getattr(torch, op + "_")(x)


def same_memory(a, b):
    starts = {t.data_ptr() - t.storage_offset() * t.element_size() for t in (a, b)}
    return len(starts) == 1
