# fails: views — "You changed a copy"
# base: solution
def in_place(op, x):
    getattr(x.contiguous(), op + "_")()
    return x
