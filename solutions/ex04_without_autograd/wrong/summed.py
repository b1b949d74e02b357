# fails: values_1 — "in the shape of x"
# base: solution
def way_1(fn, x):
    with torch.no_grad():
        return fn(x).sum()
