# float64, a leaf of shape (1,), 0-dim tensors in the list.
import torch


def leaf(x0):
    return torch.tensor([x0], dtype=torch.float64, requires_grad=True)


def slope(f, x0):
    x = leaf(x0)
    f(x).sum().backward()
    return x.grad[0]


def descend(f, x0, lr, n):
    x, path = leaf(x0), []
    for _ in range(n):
        f(x).sum().backward()
        with torch.no_grad():
            x.add_(x.grad, alpha=-lr)
            x.grad.zero_()
            path.append(x[0].clone())
    return path


def descend_detached(f, x0, lr, n):
    x, path = leaf(x0), []
    y = x.detach()
    for _ in range(n):
        f(x).backward(torch.ones(1, dtype=torch.float64))
        y -= lr * x.grad
        x.grad.fill_(0)
        path.append(y.item())
    return path


def summed_slope(fs, x0):
    x = leaf(x0)
    for g in reversed(fs):
        g(x).backward()
    return x.grad.squeeze()
