import torch

x_leaf = torch.tensor(0.0, requires_grad=True)
y_leaf = torch.tensor(0.0, requires_grad=True)


def sin_x2y(x, y):
    return torch.sin(x**2 * y)


def gradient_at(x, y):
    x_leaf.data.fill_(x)
    y_leaf.data.fill_(y)
    sin_x2y(x_leaf, y_leaf).backward()
    return x_leaf.grad.item(), y_leaf.grad.item()


def gradient(f, *point):
    leaves = [torch.tensor(v, requires_grad=True) for v in point]
    f(*leaves).backward()
    return tuple(leaf.grad.item() for leaf in leaves)
