# fails: x_as_before, switch_as_before — "for the rest of the program"
# base: solution
def way_1(fn, x):
    torch.no_grad().__enter__()
    return fn(x)
