# fails: identity — "the very tensor that you were given"
# base: solution
def in_place(op, x):
    return getattr(x, op + "_")().clone()
