# fails: values — "returned None"
# base: solution
def out_of_place(op, x):
    if op == "exp":
        return torch.exp(x)
    elif op == "relu":
        return torch.relu(x)
    elif op == "sqrt":
        return torch.sqrt(x)
