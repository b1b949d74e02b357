# fails: values_1 — "return fn's result"
# base: solution
def way_1(fn, x):
    with torch.no_grad():
        fn(x)
