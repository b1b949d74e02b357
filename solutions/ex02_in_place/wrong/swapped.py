# fails: overwriting — "changed the caller's data"
# base: solution
def out_of_place(op, x):
    return getattr(torch, op + "_")(x)


def in_place(op, x):
    return getattr(torch, op)(x)
