# fails: views — "swap the memory instead of writing"
# base: solution
def in_place(op, x):
    x.data = getattr(torch, op)(x)
    return x
