# fails: x_as_before — "You changed the caller's variable"
# base: solution
def way_3(fn, x):
    return fn(x.detach_())
