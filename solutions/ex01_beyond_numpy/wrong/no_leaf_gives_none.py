# fails: cubes — "backward() fills only"
# base: solution
def gradient_of(f, x):
    leaf = torch.tensor(x, requires_grad=True)
    parts = [component for component in leaf]
    f(torch.stack(parts)).backward()
    return [part.grad for part in parts]
