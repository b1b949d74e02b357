# fails: snippets_elsewhere — "let PyTorch raise"
# base: solution
def a2(t):
    raise RuntimeError("a leaf that requires grad may not be changed in place")
