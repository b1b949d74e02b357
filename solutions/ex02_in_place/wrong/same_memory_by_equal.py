# fails: pairs — "Equal values can live in different memory"
# base: solution
def same_memory(a, b):
    return torch.equal(a, b)
