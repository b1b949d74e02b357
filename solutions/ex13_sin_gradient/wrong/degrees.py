# fails: known_point, function_values — "takes radians"
# base: solution
def sin_x2y(x, y):
    return torch.sin(torch.deg2rad(x**2 * y))
