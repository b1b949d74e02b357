# fails: views — "do not lie side by side"
# base: solution
def in_place(op, x):
    getattr(x.view(-1), op + "_")()
    return x
