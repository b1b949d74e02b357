# fails: pairs — "It says True of any two tensors"
import torch


def out_of_place(op, x):
    return getattr(torch, op)(x)


def in_place(op, x):
    return getattr(torch, op + "_")(x)


def same_memory(a, b):
    return a.device == b.device
