# fails: x_as_before — "x.grad has changed"
# base: solution
def way_3(fn, x):
    x.grad = None
    return fn(x.detach())
