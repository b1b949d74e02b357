# fails: known_operations — "You swapped input and output"
# base: solution
def saves(op, x):
    return {"input": _refuses(op, x, 1), "output": _refuses(op, x, 0)}
