# fails: any_function — "call backward() before you read .grad"
# base: solution
def gradient(f, *point):
    leaves = [torch.tensor(float(value), requires_grad=True) for value in point]
    f(*leaves)
    return tuple(leaf.grad.item() for leaf in leaves)


def gradient_at(x, y):
    leaves = torch.tensor(x, requires_grad=True), torch.tensor(y, requires_grad=True)
    return tuple(slope.item() for slope in torch.autograd.grad(sin_x2y(*leaves), leaves))
