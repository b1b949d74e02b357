# fails: cubes — "make_leaf() takes 0 positional arguments but 1 was given"
# base: solution
def gradient_of(f, x):
    def make_leaf():
        return torch.tensor(x, requires_grad=True)

    leaf = make_leaf(x)
    f(leaf).backward()
    return leaf.grad.tolist()
