import torch


def out_of_place(op, x):
    if op == "relu":
        return x * (x > 0)
    if op == "abs":
        return torch.maximum(x, -x)
    return x**0.5 if op == "sqrt" else torch.e**x


def in_place(op, x):
    if op == "relu":
        x[x < 0] = 0
    elif op == "abs":
        x.mul_(x.sign())
    elif op == "sqrt":
        x.pow_(0.5)
    else:
        x.exp_()
    return x


def same_memory(a, b):
    return a.untyped_storage().data_ptr() == b.untyped_storage().data_ptr()
