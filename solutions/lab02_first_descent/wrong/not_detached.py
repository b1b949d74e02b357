# fails: one_leaf — "You took the steps without x.detach()"
# base: solution
def descend_detached(f, x0, lr, n):
    return descend(f, x0, lr, n)
