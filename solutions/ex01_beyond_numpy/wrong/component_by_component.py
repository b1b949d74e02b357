# fails: cubes — "the whole point at once"
# base: solution
def gradient_of(f, x):
    slopes = []
    for value in x:
        leaf = torch.tensor(value, requires_grad=True)
        f(leaf).backward()
        slopes.append(leaf.grad.item())
    return slopes
