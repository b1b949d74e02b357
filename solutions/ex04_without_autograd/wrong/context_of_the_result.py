# fails: values_1 — "That is a function"
# base: solution
def way_1(fn, x):
    return torch.no_grad(fn(x))
