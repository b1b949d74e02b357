# fails: values_3 — "pair of parentheses is missing"
# base: solution
def way_3(fn, x):
    return fn(x.detach)
