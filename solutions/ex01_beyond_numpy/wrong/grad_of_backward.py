# fails: cubes — "backward() returns None"
# base: solution
def gradient_of(f, x):
    leaf = torch.tensor(x, requires_grad=True)
    return f(leaf).backward().grad.tolist()
