# fails: values, overwriting — "was never applied"
# base: solution
def in_place(op, x):
    getattr(x, op)
    return x
