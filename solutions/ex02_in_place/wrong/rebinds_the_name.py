# fails: overwriting — "rebinds your local name"
# base: solution
def in_place(op, x):
    x = getattr(torch, op)(x)
    return x
