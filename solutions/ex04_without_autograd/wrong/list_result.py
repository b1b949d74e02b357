# fails: values_1 — "as it is, a tensor"
# base: solution
def way_1(fn, x):
    with torch.no_grad():
        return fn(x).tolist()
