import math

import torch

SCALAR = {"exp": math.exp, "relu": lambda v: max(v, 0.0), "abs": abs, "sqrt": math.sqrt}


def out_of_place(op, x):
    return torch.tensor([SCALAR[op](v) for v in x.flatten().tolist()], dtype=torch.float64).reshape(x.shape)


def in_place(op, x):
    for row in x:
        in_place(op, row) if row.dim() else row.fill_(SCALAR[op](row.item()))
    return x


def same_memory(a, b):
    return a.untyped_storage().data_ptr() == b.untyped_storage().data_ptr()
