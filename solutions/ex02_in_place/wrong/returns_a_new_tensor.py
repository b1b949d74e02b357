# fails: overwriting — "x itself is untouched"
# base: solution
def in_place(op, x):
    return getattr(torch, op)(x)
