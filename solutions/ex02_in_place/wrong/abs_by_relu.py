# fails: values — "That is relu, not abs"
# base: solution
def out_of_place(op, x):
    if op == "abs":
        return x.clamp(min=0)
    return getattr(torch, op)(x)
