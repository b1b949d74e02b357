# fails: pairs — "Two tensor objects may share one storage"
# base: solution
def same_memory(a, b):
    return a is b
