# fails: pairs — "the same bytes, read as whole numbers"
# base: solution
def same_memory(a, b):
    return a.dtype == b.dtype and a.untyped_storage().data_ptr() == b.untyped_storage().data_ptr()
