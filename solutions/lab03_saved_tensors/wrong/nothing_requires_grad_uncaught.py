# fails: known_operations — "Autograd watched nothing"
# base: solution
def saves(op, x):
    v = x * 1
    z = op(v)
    z.sum().backward()
    return {"input": False, "output": False}
