# fails: descent_on_a_square — "multiply the gradient by lr"
# base: solution
def descend(f, x0, lr, n):
    x = torch.tensor(x0, requires_grad=True)
    positions = []
    for _ in range(n):
        f(x).backward()
        with torch.no_grad():
            x -= x.grad
        x.grad.zero_()
        positions.append(x.item())
    return positions
