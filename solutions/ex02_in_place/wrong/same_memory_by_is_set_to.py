# fails: pairs — "A view of another shape"
# base: solution
def same_memory(a, b):
    return a.is_set_to(b)
