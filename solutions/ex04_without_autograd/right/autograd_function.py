# right: inside the forward of an autograd Function nothing is recorded
import torch


class Quiet(torch.autograd.Function):
    @staticmethod
    def forward(ctx, x, fn):
        result = fn(x)
        ctx.mark_non_differentiable(result)
        return result


def way_1(fn, x):
    return Quiet.apply(x, fn)


def way_2(fn, x):
    with torch.inference_mode():
        return fn(x)


def way_3(fn, x):
    return fn(x.detach())
