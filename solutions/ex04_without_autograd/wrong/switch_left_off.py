# fails: x_as_before, switch_as_before — "for the rest of the program"
# base: solution
def way_1(fn, x):
    torch.set_grad_enabled(False)
    return fn(x)
