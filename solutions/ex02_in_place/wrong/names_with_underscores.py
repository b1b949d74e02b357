# fails: values, overwriting — "getattr(x, op) finds"
# base: solution
def in_place(op, x):
    return getattr(torch, "_" + op)(x)
