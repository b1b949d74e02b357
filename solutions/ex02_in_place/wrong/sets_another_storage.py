# fails: views — "swap the memory instead of writing"
# base: solution
def in_place(op, x):
    return x.set_(getattr(torch, op)(x))
