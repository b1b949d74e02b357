import torch


def slope(f, x0):
    return torch.func.grad(f)(torch.tensor(x0)).item()


def descend(f, x0, lr, n):
    x = torch.tensor(x0, requires_grad=True)
    optimizer = torch.optim.SGD([x], lr=lr)
    positions = []
    for _ in range(n):
        optimizer.zero_grad()
        f(x).backward()
        optimizer.step()
        positions.append(x.item())
    return positions


def descend_detached(f, x0, lr, n):
    x = torch.nn.Parameter(torch.tensor(x0))
    positions = []
    for _ in range(n):
        (gradient,) = torch.autograd.grad(f(x), x)
        x.detach().sub_(lr * gradient)
        positions.append(x.item())
    return positions


def summed_slope(fs, x0):
    x = torch.tensor(x0, requires_grad=True)
    sum(f(x) for f in fs).backward()
    return x.grad.item()
