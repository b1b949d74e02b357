# fails: any_function — "does not use has the derivative 0.0"
import torch


def sin_x2y(x, y):
    return torch.sin(x**2 * y)


def gradient_at(x, y):
    return gradient(sin_x2y, x, y)


def gradient(f, *point):
    leaves = [torch.tensor(float(v), requires_grad=True) for v in point]
    f(*leaves).backward()
    return tuple(leaf.grad.item() for leaf in leaves)
