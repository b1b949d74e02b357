# fails: pairs — "Equal values can live in different memory"
# base: solution
def same_memory(a, b):
    return a.untyped_storage().tolist() == b.untyped_storage().tolist()
