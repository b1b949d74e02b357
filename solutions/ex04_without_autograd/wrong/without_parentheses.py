# fails: values_1 — "pair of parentheses is missing"
# base: solution
def way_1(fn, x):
    with torch.no_grad:
        return fn(x)
