# fails: values_1 — "generator"
# base: solution
def way_1(fn, x):
    with torch.no_grad():
        yield fn(x)
