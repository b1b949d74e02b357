# fails: descent_on_a_square — "You may not change a leaf"
# base: solution
def descend(f, x0, lr, n):
    x = torch.tensor(x0, requires_grad=True)
    positions = []
    for _ in range(n):
        f(x).backward()
        x -= lr * x.grad
        x.grad.zero_()
        positions.append(x.item())
    return positions
