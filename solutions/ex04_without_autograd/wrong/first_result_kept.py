# fails: values_1 — "afresh in every call"
import torch

KEPT = None


def way_1(fn, x):
    global KEPT
    if KEPT is None:
        with torch.no_grad():
            KEPT = fn(x)
    return KEPT


def way_2(fn, x):
    with torch.inference_mode():
        return fn(x)


def way_3(fn, x):
    return fn(x.detach())
