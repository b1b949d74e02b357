# fails: three_mechanisms — "one mechanism in two spellings"
# base: solution
def way_3(fn, x):
    return way_1(fn, x)
