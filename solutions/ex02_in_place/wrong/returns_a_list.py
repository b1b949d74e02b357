# fails: values — "not a tensor"
# base: solution
def out_of_place(op, x):
    return getattr(torch, op)(x).tolist()
