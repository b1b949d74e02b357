# fails: values — "shape"
# base: solution
def out_of_place(op, x):
    return getattr(torch, op)(x.flatten())
