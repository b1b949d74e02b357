# fails: shared_by_two_simple_functions — "count more than once"
# base: solution
def summed_slope(fs, x0):
    x = torch.tensor(x0, requires_grad=True)
    y = 0
    for f in fs:
        y = y + f(x)
        y.backward(retain_graph=True)
    return x.grad.item()
