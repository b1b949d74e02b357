# fails: x_as_before, untracked_3, switch_as_before — "x.grad has changed"
# base: solution
def way_3(fn, x):
    result = fn(x)
    result.sum().backward()
    return result.detach()
