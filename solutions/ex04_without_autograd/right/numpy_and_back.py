# right: NumPy knows no autograd, and shares the memory
import torch


def way_1(fn, x):
    with torch.no_grad():
        return fn(x)


def way_2(fn, x):
    with torch.inference_mode():
        return fn(x)


def way_3(fn, x):
    return fn(torch.from_numpy(x.detach().numpy()))
