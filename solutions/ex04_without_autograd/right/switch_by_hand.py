# right: the switch thrown by hand, and thrown back to what it was
import torch


def way_1(fn, x):
    before = torch.is_grad_enabled()
    torch.set_grad_enabled(False)
    try:
        return fn(x)
    finally:
        torch.set_grad_enabled(before)


def way_2(fn, x):
    with torch.inference_mode():
        return fn(x)


def way_3(fn, x):
    return fn(x.detach())
