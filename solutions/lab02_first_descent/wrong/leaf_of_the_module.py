# fails: random_descents, independent_calls — "continues where the previous one ended"
# base: solution
X = None


def descend(f, x0, lr, n):
    global X
    if X is None:
        X = torch.tensor(x0, requires_grad=True)
    positions = []
    for _ in range(n):
        f(X).backward()
        with torch.no_grad():
            X -= lr * X.grad
        X.grad.zero_()
        positions.append(X.item())
    return positions
