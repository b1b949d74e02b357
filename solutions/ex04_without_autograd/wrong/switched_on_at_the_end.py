# fails: switch_as_before — "whatever it was before"
import torch


def way_1(fn, x):
    torch.set_grad_enabled(False)
    result = fn(x)
    torch.set_grad_enabled(True)
    return result


def way_2(fn, x):
    with torch.inference_mode():
        return fn(x)


def way_3(fn, x):
    return fn(x.detach())
