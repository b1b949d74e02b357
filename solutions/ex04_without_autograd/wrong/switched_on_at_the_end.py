# fails: switch_as_before — "even if it was off before"
# base: solution
def way_1(fn, x):
    torch.set_grad_enabled(False)
    result = fn(x)
    torch.set_grad_enabled(True)
    return result
