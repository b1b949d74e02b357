# fails: shared_by_two_simple_functions — "You can go backward through a graph only once"
# base: solution
def summed_slope(fs, x0):
    x = torch.tensor(x0, requires_grad=True)
    y = 0
    for f in fs:
        y = y + f(x)
        y.backward()
    return x.grad.item()
