# fails: same_memory_form — "elements one by one"
# base: solution
def same_memory(a, b):
    return a == b
