# fails: values — "op says which operation is meant"
# base: solution
def out_of_place(op, x):
    return torch.exp(x)
