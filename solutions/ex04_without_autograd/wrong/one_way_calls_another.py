# fails: three_mechanisms — "Same mechanism, two spellings"
# base: solution
def way_3(fn, x):
    return way_1(fn, x)
