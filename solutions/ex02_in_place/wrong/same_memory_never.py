# fails: pairs — "It says False of any two tensors"
# base: solution
def same_memory(a, b):
    return a.untyped_storage is b.untyped_storage
