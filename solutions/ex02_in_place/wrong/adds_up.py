# fails: values, overwriting — "in_place('"
# base: solution
def in_place(op, x):
    x += getattr(torch, op)(x)
    return x
