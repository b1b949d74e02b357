# fails: descent_on_a_square, detached_descent_on_a_square — "you stored x itself"
# base: solution
def descend(f, x0, lr, n):
    x = torch.tensor(x0, requires_grad=True)
    positions = []
    for _ in range(n):
        f(x).backward()
        with torch.no_grad():
            x -= lr * x.grad
        x.grad.zero_()
        positions.append(x)
    return positions


def descend_detached(f, x0, lr, n):
    x = torch.tensor(x0, requires_grad=True)
    view = x.detach()
    positions = []
    for _ in range(n):
        f(x).backward()
        view -= lr * x.grad
        x.grad.zero_()
        positions.append(view)
    return positions
