# fails: pairs — "A view of another shape"
# base: solution
def same_memory(a, b):
    return a.shape == b.shape and a.untyped_storage().data_ptr() == b.untyped_storage().data_ptr()
