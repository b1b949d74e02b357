# fails: slope_of_random_functions — "You estimated the slope"
# base: solution
def slope(f, x0):
    up, down = (torch.tensor(x0 + h, dtype=torch.float64) for h in (1e-4, -1e-4))
    return ((f(up) - f(down)) / 2e-4).item()
