# fails: values_3 — "has no way_3"
import torch


def way_1(fn, x):
    with torch.no_grad():
        return fn(x)


def way_2(fn, x):
    with torch.inference_mode():
        return fn(x)


# way_3: to do
