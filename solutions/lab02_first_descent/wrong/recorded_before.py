# fails: descent_on_a_square — "positions before each step"
# base: solution
def descend(f, x0, lr, n):
    x = torch.tensor(x0, requires_grad=True)
    positions = []
    for _ in range(n):
        positions.append(x.item())
        f(x).backward()
        with torch.no_grad():
            x -= lr * x.grad
        x.grad.zero_()
    return positions
