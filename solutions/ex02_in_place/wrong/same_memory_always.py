# fails: pairs — "It says True of any two tensors"
# base: solution
def same_memory(a, b):
    return a.device == b.device
