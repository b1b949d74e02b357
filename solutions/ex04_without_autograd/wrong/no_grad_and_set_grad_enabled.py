# fails: three_mechanisms — "Same mechanism, two spellings"
# base: solution
def way_2(fn, x):
    with torch.set_grad_enabled(False):
        return fn(x)
