# fails: known_operations — "not a dict"
# base: solution
def saves(op, x):
    return _refuses(op, x, 0), _refuses(op, x, 1)
