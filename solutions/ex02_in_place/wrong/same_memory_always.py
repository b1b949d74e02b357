# fails: same_memory_form — "each in memory of its own"
# base: solution
def same_memory(a, b):
    return a.device == b.device
