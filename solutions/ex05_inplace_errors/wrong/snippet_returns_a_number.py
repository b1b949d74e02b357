# fails: snippets — "A snippet is to stand as it is"
# base: solution
def a1(t):
    return t.cos().exp_().item()
