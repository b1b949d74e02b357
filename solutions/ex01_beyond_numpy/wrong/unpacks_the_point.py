# fails: cubes — "hand it the whole point at once"
# base: solution
def gradient_of(f, x):
    leaves = [torch.tensor(value, requires_grad=True) for value in x]
    f(*leaves).backward()
    return [leaf.grad.item() for leaf in leaves]
