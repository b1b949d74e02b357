# fails: three_mechanisms — "Same mechanism, two spellings"
# base: solution
def way_2(fn, x):
    y = x.detach()
    return fn(y)
