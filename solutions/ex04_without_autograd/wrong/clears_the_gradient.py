# fails: x_as_before — "left alone"
# base: solution
def way_3(fn, x):
    x.grad = None
    return fn(x.detach())
