# fails: known_point, function_values — "this is the gradient of sin((xy)²)"
# base: solution
def sin_x2y(x, y):
    return torch.sin((x * y) ** 2)
