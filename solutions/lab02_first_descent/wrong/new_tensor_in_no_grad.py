# fails: descent_on_a_square — "x is a new tensor that does not require grad"
# base: solution
def descend(f, x0, lr, n):
    x = torch.tensor(x0, requires_grad=True)
    positions = []
    for _ in range(n):
        f(x).backward()
        with torch.no_grad():
            x = x - lr * x.grad
        positions.append(x.item())
    return positions
