# fails: same_memory_form — "each in its own memory"
# base: solution
def same_memory(a, b):
    return a.device == b.device
