# fails: values_1 — "object has no attribute"
# base: solution
def way_1(fn, x):
    x.eval()
    return fn(x)
