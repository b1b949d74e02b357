# fails: slope_of_simple_functions — "the height"
# base: solution
def slope(f, x0):
    x = torch.tensor(x0, requires_grad=True)
    y = f(x)
    y.backward()
    return y.item()
