# fails: descent_on_a_square — "where the descent ends"
# base: solution
def descend(f, x0, lr, n):
    x = torch.tensor(x0, requires_grad=True)
    for _ in range(n):
        f(x).backward()
        with torch.no_grad():
            x -= lr * x.grad
        x.grad.zero_()
    return x.item()
