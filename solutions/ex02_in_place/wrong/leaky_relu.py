# fails: values — "out_of_place('relu'"
# base: solution
def out_of_place(op, x):
    return torch.nn.functional.leaky_relu(x) if op == "relu" else getattr(torch, op)(x)
