# fails: values_3 — "That is x itself"
# base: solution
def way_3(fn, x):
    return x.detach()
