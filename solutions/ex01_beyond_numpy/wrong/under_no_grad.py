# fails: cubes — "before f sees it"
# base: solution
def gradient_of(f, x):
    leaf = torch.tensor(x, requires_grad=True)
    with torch.no_grad():
        z = f(leaf)
    z.backward()
    return leaf.grad.tolist()
