# fails: overwriting — "local name to a new tensor"
# base: solution
def in_place(op, x):
    x = getattr(torch, op)(x)
    return x
