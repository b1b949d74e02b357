# fails: cubes — "the slopes were asked for"
# base: solution
def gradient_of(f, x):
    leaf = torch.tensor(x, requires_grad=True)
    z = f(leaf)
    z.backward()
    return z.item()
