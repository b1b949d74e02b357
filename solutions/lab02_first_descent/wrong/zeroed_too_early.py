# fails: descent_on_a_square — "x never moves"
# base: solution
def descend(f, x0, lr, n):
    x = torch.tensor(x0, requires_grad=True)
    positions = []
    for _ in range(n):
        f(x).backward()
        x.grad.zero_()
        with torch.no_grad():
            x -= lr * x.grad
        positions.append(x.item())
    return positions
