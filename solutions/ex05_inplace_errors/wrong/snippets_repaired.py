# fails: snippets — "A snippet is to stand as it is"
# base: solution
def a3(t):
    return t.exp().cos()
