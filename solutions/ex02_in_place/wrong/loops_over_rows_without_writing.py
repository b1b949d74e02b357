# fails: values, overwriting — "was never applied"
# base: solution
def in_place(op, x):
    for row in x:
        row = getattr(torch, op)(row)
    return x
