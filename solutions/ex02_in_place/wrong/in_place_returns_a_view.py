# fails: identity — "the very tensor that you were given"
# base: solution
def in_place(op, x):
    x[:] = getattr(torch, op)(x)
    return x[:]
