# fails: values, overwriting — "in_place('"
# base: solution
def in_place(op, x):
    getattr(x[:1], op + "_")()
    return x
