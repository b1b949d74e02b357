# fails: overwriting — "changed the caller's data"
# base: solution
def out_of_place(op, x):
    y = x
    getattr(y, op + "_")()
    return y
