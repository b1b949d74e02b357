# fails: same_memory_form — "returned None"
# base: solution
def same_memory(a, b):
    a.untyped_storage().data_ptr() == b.untyped_storage().data_ptr()
