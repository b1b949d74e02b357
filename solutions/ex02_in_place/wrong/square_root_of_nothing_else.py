# fails: values, overwriting — "'abs' and 'sqrt'"
# base: solution
OPERATIONS = {"exp": torch.exp, "relu": torch.relu}


def out_of_place(op, x):
    return OPERATIONS[op](x)
