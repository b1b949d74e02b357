# fails: x_as_before — "x.grad, after"
# base: solution
def way_3(fn, x):
    x.register_hook(lambda grad: 2 * grad)
    return fn(x.detach())
