# fails: cubes — "second answer contains the first"
# base: solution
LEAVES = [torch.zeros(n, requires_grad=True) for n in range(20)]


def gradient_of(f, x):
    leaf = LEAVES[len(x)]
    with torch.no_grad():
        leaf[:] = torch.tensor(x)
    f(leaf).backward()
    return leaf.grad
