# fails: values_1 — "not the values of fn(x)"
# base: solution
def way_1(fn, x):
    with torch.no_grad():
        return x.sin()
