# fails: x_as_before — "You changed the caller's variable"
# base: solution
def way_3(fn, x):
    x.requires_grad_(False)
    return fn(x)
