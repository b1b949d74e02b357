# fails: values_3 — "the numbers of x"
# base: solution
def way_3(fn, x):
    return x.detach()
