# fails: cubes — "before f sees it"
# base: solution
def gradient_of(f, x):
    leaf = torch.tensor(x, requires_grad=True)
    f(leaf.detach()).backward()
    return leaf.grad.tolist()
