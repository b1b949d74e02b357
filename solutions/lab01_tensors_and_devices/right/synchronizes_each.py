import numpy as np
import torch


def float_matrix(rows):
    return torch.FloatTensor(np.array(rows, dtype=np.float32))


def column_max(X):
    return torch.max(X, 0)


def blank_column(X, j, value):
    X[:, j].fill_(value)


def pick_device(cuda, mps):
    if cuda:
        return torch.device("cuda")
    if mps:
        return torch.device("mps")
    return torch.device("cpu")


def seconds_per_call(f, synchronize, clock, repeats):
    f()
    synchronize()
    times = []
    for _ in range(repeats):
        before = clock()
        f()
        synchronize()
        times.append(clock() - before)
    return torch.tensor(times, dtype=torch.float64).median()
