# fails: known_point, function_values — "this is the gradient of sin(x²)·y"
# base: solution
def sin_x2y(x, y):
    return torch.sin(x**2) * y
