# fails: shared_by_two_simple_functions — "the last function alone"
# base: solution
def summed_slope(fs, x0):
    x = torch.tensor(x0, requires_grad=True)
    for f in fs:
        x.grad = None
        f(x).backward()
    return x.grad.item()
