# fails: one_leaf — "create one leaf before the loop"
# base: solution
def descend_detached(f, x0, lr, n):
    x = torch.tensor(x0, requires_grad=True)
    positions = []
    for _ in range(n):
        f(x).backward()
        x = (x.detach() - lr * x.grad).requires_grad_()
        positions.append(x.item())
    return positions
