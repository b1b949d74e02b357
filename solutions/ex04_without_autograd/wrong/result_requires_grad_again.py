# fails: untracked_1 — "still requires grad"
# base: solution
def way_1(fn, x):
    with torch.no_grad():
        return fn(x).requires_grad_()
