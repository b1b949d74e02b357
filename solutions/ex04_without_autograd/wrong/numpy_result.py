# fails: values_3 — "as it is, a tensor"
# base: solution
def way_3(fn, x):
    return fn(x.detach()).numpy()
