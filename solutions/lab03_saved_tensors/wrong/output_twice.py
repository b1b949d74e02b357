# fails: known_operations — "Both answers are the output's"
# base: solution
def saves(op, x):
    return dict.fromkeys(["input", "output"], _refuses(op, x, 1))
