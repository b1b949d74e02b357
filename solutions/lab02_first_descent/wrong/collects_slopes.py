# fails: descent_on_a_square — "slopes along the way"
# base: solution
def descend(f, x0, lr, n):
    x = torch.tensor(x0, requires_grad=True)
    slopes = []
    for _ in range(n):
        f(x).backward()
        slopes.append(x.grad.item())
        with torch.no_grad():
            x -= lr * x.grad
        x.grad.zero_()
    return slopes
