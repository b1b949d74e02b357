# fails: cubes — "requires_grad=True before f sees it"
# base: solution
def gradient_of(f, x):
    point = torch.tensor(x)
    f(point).backward()
    return point.grad.tolist()
