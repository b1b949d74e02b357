# fails: pairs — "a view may begin further in"
# base: solution
def same_memory(a, b):
    return a.data_ptr() == b.data_ptr()
