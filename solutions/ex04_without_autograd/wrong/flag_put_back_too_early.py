# fails: values_2 — "still requires grad"
# base: solution
def way_2(fn, x):
    x.requires_grad_(False)
    x.requires_grad_(True)
    return fn(x)
