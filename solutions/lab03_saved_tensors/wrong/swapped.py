# fails: known_operations — "Input and output are swapped"
# base: solution
def saves(op, x):
    return {"input": _refuses(op, x, 1), "output": _refuses(op, x, 0)}
