# fails: known_point — "∂f/∂y is missing"
import torch


def sin_x2y(x, y):
    return torch.sin(x**2 * y)


def gradient_at(x, y):
    x, y = torch.tensor(x, requires_grad=True), torch.tensor(y)
    sin_x2y(x, y).backward()
    return x.grad, y.grad


def gradient(f, *point):
    leaves = [torch.tensor(float(v), requires_grad=True) for v in point]
    f(*leaves).backward()
    return tuple(0.0 if leaf.grad is None else leaf.grad.item() for leaf in leaves)
