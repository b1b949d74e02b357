# fails: three_mechanisms — "one mechanism in two spellings"
# base: solution
def way_2(fn, x):
    y = x.detach()
    return fn(y)
