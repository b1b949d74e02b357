# fails: overwriting — "You changed a copy"
# base: solution
def in_place(op, x):
    x = x.clone()
    getattr(x, op + "_")()
    return x
