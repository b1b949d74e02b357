# fails: known_operations — "returned"
# base: solution
def saves(op, x):
    smooth = "exp" in op.__name__
    return {"input": not smooth, "output": smooth}
