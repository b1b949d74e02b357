import statistics

import torch


def float_matrix(rows):
    return torch.stack([torch.tensor([float(number) for number in row]) for row in rows])


def column_max(X):
    best = [max(column) for column in X.T.tolist()]
    where = [column.index(top) for column, top in zip(X.T.tolist(), best)]
    return [torch.tensor(best), torch.tensor(where)]


def blank_column(matrix, column, number):
    for row in matrix:
        row[column] = number


def pick_device(cuda, mps):
    return [name for name, there in (("cuda", cuda), ("mps", mps), ("cpu", True)) if there][0]


def seconds_per_call(f, synchronize, clock, repeats):
    def one():
        began = clock()
        f()
        synchronize()
        return clock() - began

    return statistics.median([one() for _ in range(repeats + 2)][1:])
