# fails: same_memory_form — "compared one by one"
# base: solution
def same_memory(a, b):
    return a == b
