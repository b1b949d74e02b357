# fails: known_point — "the two partial derivatives are swapped"
import torch


def sin_x2y(x, y):
    return torch.sin(x**2 * y)


def gradient_at(x, y):
    dx, dy = gradient(sin_x2y, x, y)
    return dy, dx


def gradient(f, *point):
    leaves = [torch.tensor(float(v), requires_grad=True) for v in point]
    f(*leaves).backward()
    return tuple(0.0 if leaf.grad is None else leaf.grad.item() for leaf in leaves)
