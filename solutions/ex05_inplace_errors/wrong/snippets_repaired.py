# fails: snippets — "exactly as the statement has it"
# base: solution
def a3(t):
    return t.exp().cos()
