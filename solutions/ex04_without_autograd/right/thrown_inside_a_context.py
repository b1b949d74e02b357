# right: the switch is thrown by hand, and the end of a context or of a decorated function throws it back
import torch


@torch.enable_grad()
def way_1(fn, x):
    torch.set_grad_enabled(False)
    return fn(x)


def way_2(fn, x):
    with torch.inference_mode():
        torch.set_grad_enabled(True)
        return fn(x)


def way_3(fn, x):
    if not torch.is_grad_enabled():
        return fn(x.detach())
    torch.set_grad_enabled(False)
    copied = x.detach()
    torch.set_grad_enabled(True)
    return fn(copied)
