# fails: unlisted_operations, single_numbers — "Not every operation is in the chapter's lists"
# base: solution
TABLE = {
    **dict.fromkeys(["exp", "relu", "rsqrt", "sigmoid", "sqrt", "tan", "tanh"], (False, True)),
    **dict.fromkeys(["abs", "cos", "log", "sin", "square", "var"], (True, False)),
    **dict.fromkeys(["max", "min", "norm", "prod", "sgn", "std"], (True, True)),
    **dict.fromkeys(["ceil", "floor", "mean", "round", "sum"], (False, False)),
}


def saves(op, x):
    into, out = TABLE[op.__name__]
    return {"input": into, "output": out}
