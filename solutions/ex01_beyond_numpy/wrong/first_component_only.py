# fails: cubes — "one component only"
# base: solution
def gradient_of(f, x):
    leaf = torch.tensor(x, requires_grad=True)
    f(leaf).backward()
    return leaf.grad[0].item()
