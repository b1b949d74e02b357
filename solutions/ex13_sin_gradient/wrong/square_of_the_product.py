# fails: known_point, function_values — "this is the gradient of sin((xy)²)"
import torch


def sin_x2y(x, y):
    return torch.sin((x * y) ** 2)


def gradient_at(x, y):
    return gradient(sin_x2y, x, y)


def gradient(f, *point):
    leaves = [torch.tensor(float(v), requires_grad=True) for v in point]
    f(*leaves).backward()
    return tuple(0.0 if leaf.grad is None else leaf.grad.item() for leaf in leaves)
