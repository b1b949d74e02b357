# fails: overwriting — "changed the caller's data"
# base: solution
def out_of_place(op, x):
    return getattr(x.detach(), op + "_")()
