# fails: pairs — "Equal values can live in different memory"
import torch


def out_of_place(op, x):
    return getattr(torch, op)(x)


def in_place(op, x):
    return getattr(torch, op + "_")(x)


def same_memory(a, b):
    return a.untyped_storage().tolist() == b.untyped_storage().tolist()
