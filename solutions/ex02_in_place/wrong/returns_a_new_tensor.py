# fails: overwriting — "The caller's tensor is untouched"
# base: solution
def in_place(op, x):
    return getattr(torch, op)(x)
