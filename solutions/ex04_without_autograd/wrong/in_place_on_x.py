# fails: values_3 — "refuses to write into x"
# base: solution
def way_3(fn, x):
    return fn(x.mul_(1.0)).detach()
