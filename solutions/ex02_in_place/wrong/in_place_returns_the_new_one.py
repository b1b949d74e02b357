# fails: identity — "the very tensor that you were given"
# base: solution
def in_place(op, x):
    new = getattr(torch, op)(x)
    x.copy_(new)
    return new
