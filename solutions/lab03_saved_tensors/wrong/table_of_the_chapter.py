# fails: unlisted_operations, single_numbers — "not in the chapter's lists"
# base: solution
OUTPUT = ["exp", "relu", "rsqrt", "sigmoid", "sqrt", "tan", "tanh"]
INPUT = ["abs", "cos", "log", "sin", "square", "var"]
BOTH = ["max", "min", "norm", "prod", "sgn", "std"]


def saves(op, x):
    name = op.__name__
    return {"input": name in INPUT or name in BOTH, "output": name in OUTPUT or name in BOTH}
