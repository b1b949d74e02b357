# fails: known_point — "the two partial derivatives are swapped"
# base: solution
def gradient_at(x, y):
    dx, dy = gradient(sin_x2y, x, y)
    return dy, dx
