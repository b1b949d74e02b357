# fails: pairs — "share one storage"
# base: solution
def same_memory(a, b):
    return a is b or (a._base is not None and a._base is b._base)
