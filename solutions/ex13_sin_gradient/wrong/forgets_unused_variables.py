# fails: any_function — "does not use has the derivative 0.0"
# base: solution
def gradient(f, *point):
    leaves = [torch.tensor(float(v), requires_grad=True) for v in point]
    f(*leaves).backward()
    return tuple(leaf.grad for leaf in leaves)
