# fails: cubes — "backward() fills only"
# base: solution
def gradient_of(f, x):
    point = torch.tensor(x, requires_grad=True) * 1.0
    f(point).backward()
    return point.grad.tolist()
