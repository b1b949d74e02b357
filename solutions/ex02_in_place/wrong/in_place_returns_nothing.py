# fails: values, identity — "returned None"
# base: solution
def in_place(op, x):
    getattr(x, op + "_")()
