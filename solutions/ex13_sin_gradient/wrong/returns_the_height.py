# fails: known_point — "That is the height of f"
import torch


def sin_x2y(x, y):
    return torch.sin(x**2 * y)


def gradient_at(x, y):
    return sin_x2y(torch.tensor(x), torch.tensor(y)).item()


def gradient(f, *point):
    leaves = [torch.tensor(float(v), requires_grad=True) for v in point]
    f(*leaves).backward()
    return tuple(0.0 if leaf.grad is None else leaf.grad.item() for leaf in leaves)
