# fails: snippets — "exactly as the statement has it"
# base: solution
def b1(t):
    v = t * 1
    return v.cos() * v.sin_()
