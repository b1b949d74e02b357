# fails: values_1 — "pair of parentheses missing"
# base: solution
def way_1(fn, x):
    with torch.no_grad:
        return fn(x)
