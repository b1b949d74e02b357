# fails: x_as_before — "left alone"
# base: solution
def way_3(fn, x):
    y = x.detach()
    x.grad = torch.zeros_like(x)
    return fn(y)
