# fails: pairs — "no element in common"
import numpy as np
import torch


def out_of_place(op, x):
    return getattr(torch, op)(x)


def in_place(op, x):
    return getattr(torch, op + "_")(x)


def same_memory(a, b):
    return np.shares_memory(a.detach().cpu().numpy(), b.detach().cpu().numpy())
