# fails: cubes — "hand it the whole point at once"
# base: solution
def gradient_of(f, x):
    z = f(x)
    z.backward()
    return z.grad
