# fails: cubes — "backward() fills it"
# base: solution
def gradient_of(f, x):
    point = torch.tensor(x, requires_grad=True) * 1.0
    f(point).backward()
    return point.grad.tolist()
