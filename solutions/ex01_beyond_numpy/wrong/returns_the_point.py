# fails: cubes — "slopes are in its .grad"
# base: solution
def gradient_of(f, x):
    leaf = torch.tensor(x, requires_grad=True)
    f(leaf).backward()
    return leaf.tolist()
