# fails: shared_by_two_simple_functions — "One graph can be walked back once"
# base: solution
def summed_slope(fs, x0):
    x = torch.tensor(x0, requires_grad=True)
    y = 0
    for f in fs:
        y = y + f(x)
        y.backward()
    return x.grad.item()
