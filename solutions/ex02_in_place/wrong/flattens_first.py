# fails: views — "You changed a copy"
# base: solution
def in_place(op, x):
    getattr(x.reshape(-1), op + "_")()
    return x
