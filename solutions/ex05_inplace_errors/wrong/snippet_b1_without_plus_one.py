# fails: snippets — "A snippet is to stand as it is"
# base: solution
def b1(t):
    v = t * 1
    return v.cos() * v.sin_()
