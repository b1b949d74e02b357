# fails: detached_descent_on_a_square — "not a copy"
# base: solution
def descend_detached(f, x0, lr, n):
    x = torch.tensor(x0, requires_grad=True)
    positions = []
    for _ in range(n):
        f(x).backward()
        view = x.detach().clone()
        view -= lr * x.grad
        x.grad.zero_()
        positions.append(x.item())
    return positions
