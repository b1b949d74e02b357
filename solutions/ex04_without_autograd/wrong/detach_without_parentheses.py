# fails: values_3 — "pair of parentheses missing"
# base: solution
def way_3(fn, x):
    return fn(x.detach)
