# fails: pairs — "Two tensor objects may share one storage"
# base: solution
def same_memory(a, b):
    return a is b or a._base is b or b._base is a
