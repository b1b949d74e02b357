# fails: x_as_before, untracked_3, switch_as_before — "left alone"
# base: solution
def way_3(fn, x):
    result = fn(x)
    result.sum().backward()
    return result.detach()
