# fails: untracked_3 — "still requires grad"
# base: solution
def way_3(fn, x):
    return fn(x.detach().requires_grad_())
