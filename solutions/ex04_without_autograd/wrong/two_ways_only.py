# fails: values_3 — "still to be written"
# base: solution
def way_3(fn, x):
    raise NotImplementedError
