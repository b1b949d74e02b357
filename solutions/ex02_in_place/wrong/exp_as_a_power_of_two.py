# fails: values — "out_of_place('exp'"
# base: solution
def out_of_place(op, x):
    return torch.exp2(x) if op == "exp" else getattr(torch, op)(x)
