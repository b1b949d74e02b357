# fails: three_mechanisms — "one mechanism in two spellings"
# base: solution
def way_1(fn, x):
    return fn(x.data)
