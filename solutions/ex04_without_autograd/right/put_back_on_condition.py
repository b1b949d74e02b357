# right: the switch is thrown back only if it was on, and a context is entered and left by hand
import torch


def way_1(fn, x):
    on = torch.is_grad_enabled()
    torch.set_grad_enabled(False)
    result = fn(x)
    if on:
        torch.set_grad_enabled(True)
    return result


def way_2(fn, x):
    inference = torch.inference_mode()
    inference.__enter__()
    try:
        return fn(x)
    finally:
        inference.__exit__(None, None, None)


def way_3(fn, x):
    return fn(x.detach())
