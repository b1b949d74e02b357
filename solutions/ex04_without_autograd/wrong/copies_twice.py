# fails: three_mechanisms — "Same mechanism, two spellings"
import torch


def way_1(fn, x):
    return fn(x.detach().clone())


def way_2(fn, x):
    with torch.inference_mode():
        return fn(x)


def way_3(fn, x):
    return fn(torch.tensor(x.tolist()))
