# fails: values_3 — "return fn's result"
# base: solution
def way_3(fn, x):
    print(fn(x.detach()))
