# fails: values — "apply the operation that op names"
# base: solution
def out_of_place(op, x):
    return torch.exp(x)
