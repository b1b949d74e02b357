# right: one tensor of two numbers, still on the graph; sin of a product written out
import torch


def sin_x2y(x, y):
    return (x * x * y).sin()


def gradient_at(x, y):
    x, y = (torch.tensor(v, requires_grad=True) for v in (x, y))
    return torch.stack(torch.autograd.grad(sin_x2y(x, y), (x, y), create_graph=True))


def gradient(f, *point):
    leaves = [torch.tensor(float(v), requires_grad=True) for v in point]
    f(*leaves).backward()
    return tuple(0.0 if leaf.grad is None else leaf.grad.item() for leaf in leaves)
