# fails: overwriting — "You changed a copy"
# base: solution
def in_place(op, x):
    return getattr(x.clone(), op + "_")()
