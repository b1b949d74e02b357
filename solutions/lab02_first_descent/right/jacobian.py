from torch.autograd import functional
import torch


def slope(f, x0):
    return functional.jacobian(f, torch.tensor(x0))


def descend(f, x0, lr, n):
    x = torch.tensor(x0)
    steps = []
    for _ in range(n):
        x = x - lr * slope(f, x.item())
        steps.append(x)
    return steps


def descend_detached(f, x0, lr, n):
    x = torch.tensor(x0, requires_grad=True)
    steps = []
    for _ in range(n):
        f(x).backward()
        torch.detach(x).sub_(x.grad, alpha=lr)
        del x.grad
        steps.append(x.detach().clone())
    return steps


def summed_slope(fs, x0):
    return sum(functional.jacobian(f, torch.tensor(x0)) for f in fs)
