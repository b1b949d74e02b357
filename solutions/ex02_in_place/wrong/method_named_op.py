# fails: values, overwriting — "getattr(x, op) finds"
# base: solution
def out_of_place(op, x):
    return x.op()
