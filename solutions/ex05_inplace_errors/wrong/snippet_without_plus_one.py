# fails: snippets — "exactly as the statement has it"
# base: solution
def b2(t):
    v = t * 1
    return v.cos_() * v.sin()
