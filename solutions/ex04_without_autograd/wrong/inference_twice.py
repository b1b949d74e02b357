# fails: three_mechanisms — "Same mechanism, two spellings"
import torch


def way_1(fn, x):
    return torch.inference_mode()(fn)(x)


def way_2(fn, x):
    with torch.inference_mode():
        return fn(x)


def way_3(fn, x):
    return fn(x.detach())
