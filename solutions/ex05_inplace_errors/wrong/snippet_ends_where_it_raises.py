# fails: snippets_elsewhere — "what comes after the line that raises"
# base: solution
def a2(t):
    return t.exp_()
