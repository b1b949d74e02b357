# fails: untracked_3 — "stop the recording before fn runs"
# base: solution
def way_3(fn, x):
    fn(x)
    return fn(x.detach())
