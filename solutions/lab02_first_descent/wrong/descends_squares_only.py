# fails: random_descents, independent_calls — "These are the steps on x²"
# base: solution
def descend(f, x0, lr, n):
    return [x0 * (1 - 2 * lr) ** k for k in range(1, n + 1)]
