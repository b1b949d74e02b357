# fails: detached_descent_on_a_square — "x is a new tensor that does not require grad"
# base: solution
def descend_detached(f, x0, lr, n):
    x = torch.tensor(x0, requires_grad=True)
    positions = []
    for _ in range(n):
        f(x).backward()
        x = x.detach() - lr * x.grad
        positions.append(x.item())
    return positions
