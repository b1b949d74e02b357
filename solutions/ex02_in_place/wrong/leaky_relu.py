# fails: values — "out_of_place('relu'"
import torch


def out_of_place(op, x):
    return torch.nn.functional.leaky_relu(x) if op == "relu" else getattr(torch, op)(x)


def in_place(op, x):
    return getattr(torch, op + "_")(x)


def same_memory(a, b):
    return a.untyped_storage().data_ptr() == b.untyped_storage().data_ptr()
