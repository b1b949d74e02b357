# fails: values_1 — "still requires grad"
# base: solution
def way_1(fn, x):
    if x.dim() == 0:
        return fn(x)
    with torch.no_grad():
        return fn(x)
