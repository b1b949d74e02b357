# fails: values_1 — "That is a function"
# base: solution
def way_1(fn, x):
    with torch.no_grad():
        return fn
