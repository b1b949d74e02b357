# fails: slope_of_simple_functions — "Autograd has watched nothing"
# base: solution
def slope(f, x0):
    x = torch.tensor(x0)
    f(x).backward()
    return x.grad.item()
