# fails: values_1 — "still requires grad"
# base: solution
def way_1(fn, x):
    with torch.no_grad():
        y = x
    return fn(y)
