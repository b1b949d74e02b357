# fails: pairs — "not their values"
# base: solution
def same_memory(a, b):
    return a == b
