# fails: views — "The neighbours have changed"
# base: solution
def in_place(op, x):
    getattr(x if x._base is None else x._base, op + "_")()
    return x
