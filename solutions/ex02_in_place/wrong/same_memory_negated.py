# fails: same_memory_form — "shares its memory with itself"
# base: solution
def same_memory(a, b):
    return a.untyped_storage().data_ptr() != b.untyped_storage().data_ptr()
