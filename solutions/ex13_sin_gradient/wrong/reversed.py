# fails: any_function — "in reverse order"
# base: solution
def gradient_at(x, y):
    return gradient(sin_x2y, x, y)[::-1]


def gradient(f, *point):
    leaves = [torch.tensor(float(v), requires_grad=True) for v in point]
    f(*leaves).backward()
    return tuple(0.0 if leaf.grad is None else leaf.grad.item() for leaf in reversed(leaves))
