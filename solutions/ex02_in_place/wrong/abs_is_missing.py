# fails: values — "returned None"
import torch


def out_of_place(op, x):
    if op == "exp":
        return torch.exp(x)
    elif op == "relu":
        return torch.relu(x)
    elif op == "sqrt":
        return torch.sqrt(x)


def in_place(op, x):
    return getattr(torch, op + "_")(x)


def same_memory(a, b):
    return a.untyped_storage().data_ptr() == b.untyped_storage().data_ptr()
