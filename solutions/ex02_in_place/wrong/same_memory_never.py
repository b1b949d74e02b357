# fails: same_memory_form — "shares its memory with itself"
# base: solution
def same_memory(a, b):
    return a.untyped_storage is b.untyped_storage
