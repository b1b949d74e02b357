# fails: known_point — "without a minus"
# base: solution
def gradient_at(x, y):
    dx, dy = gradient(sin_x2y, x, y)
    return -dx, -dy
