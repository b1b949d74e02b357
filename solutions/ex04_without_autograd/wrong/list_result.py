# fails: values_1 — "as it is, a tensor"
import torch


def way_1(fn, x):
    with torch.no_grad():
        return fn(x).tolist()


def way_2(fn, x):
    with torch.inference_mode():
        return fn(x)


def way_3(fn, x):
    return fn(x.detach())
