# fails: switch_as_before — "whatever it was before"
# base: solution
def way_1(fn, x):
    torch.set_grad_enabled(False)
    result = fn(x)
    torch.set_grad_enabled(True)
    return result
