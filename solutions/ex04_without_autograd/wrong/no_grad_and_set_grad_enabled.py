# fails: three_mechanisms — "one mechanism in two spellings"
# base: solution
def way_2(fn, x):
    with torch.set_grad_enabled(False):
        return fn(x)
