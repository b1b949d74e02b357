# fails: x_as_before — "x.grad has changed"
# base: solution
def way_3(fn, x):
    y = x.detach()
    x.grad = torch.zeros_like(x)
    return fn(y)
