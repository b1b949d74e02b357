# .data, grads set to None before each backward, and everything written out.
import torch
from torch.autograd import Variable


def slope(f, x0):
    x = Variable(torch.FloatTensor([x0])[0], requires_grad=True)
    y = f(x)
    y.backward()
    return float(x.grad)


def descend(f, x0, lr, n):
    x = torch.ones(()).mul(x0).requires_grad_()
    out = []
    while len(out) < n:
        x.grad = None
        f(x).backward()
        x.data -= lr * x.grad.data
        out += [float(x)]
    return out


def descend_detached(f, x0, lr, n):
    x = torch.ones(()).mul(x0).requires_grad_()
    out = []
    while len(out) < n:
        x.grad = None
        f(x).backward()
        with torch.no_grad():
            moved = x.detach()
            moved.copy_(moved - lr * x.grad)
        out += [float(x)]
    return out


def summed_slope(fs, x0):
    return sum(slope(f, x0) for f in fs)
