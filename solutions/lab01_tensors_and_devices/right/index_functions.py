import numpy as np
import torch


def float_matrix(rows):
    return torch.from_numpy(np.array(rows)).clone().float()


def column_max(X):
    order = X.sort(dim=0, descending=True, stable=True)
    return order.values[0], order.indices[0]


def blank_column(X, j, value):
    X.index_fill_(1, torch.tensor([j]), value)
    return X


def pick_device(cuda=False, mps=False):
    device = "cpu"
    if mps:
        device = "mps"
    if cuda:
        device = "cuda"
    return device


def seconds_per_call(f, synchronize, clock, repeats):
    for k in range(repeats + 1):
        f()
        if k == 0:
            synchronize()
            start = clock()
    synchronize()
    return (clock() - start) / repeats
