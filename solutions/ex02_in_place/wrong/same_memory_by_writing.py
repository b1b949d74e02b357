# fails: pairs — "must not write"
# base: solution
def same_memory(a, b):
    before = b.clone()
    a.zero_()
    return not torch.equal(b, before)
