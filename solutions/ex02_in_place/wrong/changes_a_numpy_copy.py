# fails: overwriting — "You changed a copy"
import numpy as np
import torch


def out_of_place(op, x):
    return getattr(torch, op)(x)


def in_place(op, x):
    values = x.cpu().numpy().copy()
    values[...] = np.maximum(values, 0) if op == "relu" else getattr(np, op)(values)
    return torch.from_numpy(values)


def same_memory(a, b):
    return a.untyped_storage().data_ptr() == b.untyped_storage().data_ptr()
