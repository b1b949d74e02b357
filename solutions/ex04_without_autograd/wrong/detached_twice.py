# fails: three_mechanisms — "Same mechanism, two spellings"
import torch


def way_1(fn, x):
    with torch.no_grad():
        return fn(x)


def way_2(fn, x):
    y = x.detach()
    return fn(y)


def way_3(fn, x):
    return fn(x.detach())
