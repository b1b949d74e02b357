# fails: cubes — "backward() fills only"
# base: solution
def gradient_of(f, x):
    leaf = torch.tensor(x, requires_grad=True)
    f(leaf)
    return leaf.grad.tolist()
