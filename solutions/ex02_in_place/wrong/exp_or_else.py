# fails: values, overwriting — "That is exp"
import torch


def out_of_place(op, x):
    return getattr(torch, op)(x)


def in_place(op, x):
    if op == "exp" or "sqrt":
        return x.exp_()
    return x.relu_()


def same_memory(a, b):
    return a.untyped_storage().data_ptr() == b.untyped_storage().data_ptr()
