# right: a jacobian, and 0-dim tensors for numbers
import torch


def sin_x2y(x, y):
    return torch.sin(x**2 * y)


def gradient_at(x, y):
    return gradient(sin_x2y, x, y)


def gradient(f, *point):
    return torch.autograd.functional.jacobian(f, tuple(torch.tensor(float(v)) for v in point))
