# fails: snippets — "A snippet is to stand as it is"
# base: solution
def b2(t):
    v = t * 1
    return v.cos_() * v.sin()
