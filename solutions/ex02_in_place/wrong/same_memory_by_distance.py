# fails: same_memory_form — "not a bool"
# base: solution
def same_memory(a, b):
    return a.untyped_storage().data_ptr() - b.untyped_storage().data_ptr()
