# fails: values — "returned None"
# base: solution
def out_of_place(op, x):
    print(getattr(torch, op)(x))
