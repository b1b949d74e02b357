# fails: cubes — "return the tensor"
# base: solution
def gradient_of(f, x):
    leaf = torch.tensor(x, requires_grad=True)
    return torch.autograd.grad(f(leaf), leaf)
