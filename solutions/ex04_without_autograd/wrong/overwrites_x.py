# fails: x_as_before — "the numbers in x"
# base: solution
def way_3(fn, x):
    result = fn(x.detach())
    x.data.zero_()
    return result
