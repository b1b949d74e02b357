# fails: cubes — "return its slopes"
# base: solution
def gradient_of(f, x):
    leaf = torch.tensor(x, requires_grad=True)
    z = f(leaf)
    z.backward()
    return z.item()
