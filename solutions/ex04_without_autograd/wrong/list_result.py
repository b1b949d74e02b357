# fails: values_1 — "not another type"
# base: solution
def way_1(fn, x):
    with torch.no_grad():
        return fn(x).tolist()
