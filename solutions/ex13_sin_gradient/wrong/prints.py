# fails: known_point — "hand the result back with `return`"
# base: solution
def gradient_at(x, y):
    print(gradient(sin_x2y, x, y))
