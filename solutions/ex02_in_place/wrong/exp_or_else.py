# fails: values, overwriting — "That is exp"
# base: solution
def in_place(op, x):
    if op == "exp" or "sqrt":
        return x.exp_()
    return x.relu_()
