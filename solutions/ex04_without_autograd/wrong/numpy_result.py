# fails: values_3 — "not another type"
# base: solution
def way_3(fn, x):
    return fn(x.detach()).numpy()
