# A new leaf at every step; nothing is ever changed in place, except where it is asked for.
import torch


def slope(f, x0):
    x = torch.tensor(x0, requires_grad=True)
    return torch.autograd.grad(f(x), x)[0]


def descend(f, x0, lr, n):
    positions = [x0]
    for _ in range(n):
        positions.append(positions[-1] - lr * slope(f, positions[-1]).item())
    return tuple(positions[1:])


def descend_detached(f, x0, lr, n):
    x = torch.tensor(x0, requires_grad=True)
    path = torch.zeros(n)
    for k in range(n):
        f(x).backward()
        x.detach()[...] = x.detach() - lr * x.grad
        x.grad = None
        path[k] = x.detach()
    return path


def summed_slope(fs, x0):
    x = torch.tensor(x0).requires_grad_()
    torch.stack([f(x) for f in fs]).sum().backward()
    return x.grad
