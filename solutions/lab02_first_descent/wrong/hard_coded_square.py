# fails: slope_of_random_functions, random_descents, independent_calls — "the slope of x²"
# base: solution
def slope(f, x0):
    return 2 * x0


def descend(f, x0, lr, n):
    positions, x = [], x0
    for _ in range(n):
        x -= lr * 2 * x
        positions.append(x)
    return positions
